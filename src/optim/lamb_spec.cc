#include "optim/optimizers_specs.h"
#include "optim/shared_params_spec.h"

namespace bottega {

const Spec& LambSpec() {
  static const Spec spec = {
      .kind = "optimizer",
      .name = "lamb",
      .one_line = "Adam with each layer's step as long as its weights",
      .text =
          "Wins with batches of thousands of rows, where one rate does not fit all layers (You et "
          "al. 2020). Fails to gain anything with small batches, and moves what starts at 0 "
          "(biases, "
          "zero_last) slowly: their steps are measured by their length, 1 where that is 0. Tuned "
          "Adam and Nesterov momentum do as well in large batches (Nado et al. 2021, "
          "arXiv:2102.06356).",
      .params = {LearningRateParam(
                     2e-3, "between those of You et al. 2020, table 4, for batches up to 512"),
                 Beta1Param(0.9), Beta2Param(0.999), EpsilonParam(1e-6), WeightDecayParam(0.01)},
      .synonyms = {"layerwise adaptive moments", "layer-wise adaptive moments"},
      .source = "You et al. 2020, arXiv:1904.00962"};
  return spec;
}

}  // namespace bottega

#include "optim/optimizers_specs.h"
#include "optim/shared_params_spec.h"

namespace bottega {

const Spec& RmspropSpec() {
  static const Spec spec = {
      .kind = "optimizer",
      .name = "rmsprop",
      .one_line = "steps divided by the root of the mean squared gradient",
      .text = "Adam's forerunner, without the mean gradient and its bias correction.",
      .params = {LearningRateParam(0.01),
                 {.name = "alpha",
                  .type = ParamType::kFloat,
                  .what = "memory of the mean squared gradient",
                  .fallback = 0.99,
                  .min = 0,
                  .max = 0.9999999,
                  .larger = "steadier scale",
                  .smaller = "scale adapts faster"},
                 EpsilonParam(1e-8),
                 {.name = "momentum",
                  .type = ParamType::kFloat,
                  .what = "share of the last update that is kept",
                  .fallback = 0.0,
                  .min = 0,
                  .max = 0.9999999,
                  .larger = "faster along steady directions",
                  .smaller = "more cautious"},
                 {.name = "centered",
                  .type = ParamType::kBool,
                  .what = "divide by the gradient's deviation instead of its root mean square",
                  .fallback = false,
                  .source = "Graves 2013, arXiv:1308.0850"},
                 WeightDecayParam(0.0, "L2 penalty: weight_decay w is added to the gradient")},
      .synonyms = {"rms propagation"},
      .source = "Tieleman and Hinton 2012, Coursera lecture 6.5"};
  return spec;
}

}  // namespace bottega

#include "optim/optimizers_specs.h"
#include "optim/shared_params_spec.h"

namespace bottega {

const Spec& SgdSpec() {
  static const Spec spec = {
      .kind = "optimizer",
      .name = "sgd",
      .one_line = "stochastic gradient descent with momentum",
      .text =
          "The classic for picture models: slower to start than Adam, often better in the end, "
          "and more sensitive to the learning rate.",
      .params = {LearningRateParam(0.01),
                 {.name = "momentum",
                  .type = ParamType::kFloat,
                  .what = "share of the last update that is kept",
                  .fallback = 0.9,
                  .min = 0,
                  .max = 0.9999999,
                  .larger = "faster along steady directions, may overshoot",
                  .smaller = "more cautious",
                  .source = "Sutskever et al. 2013, ICML"},
                 {.name = "dampening",
                  .type = ParamType::kFloat,
                  .what = "share of the gradient that does not enter the momentum",
                  .fallback = 0.0,
                  .min = 0,
                  .max = 1,
                  .larger = "smaller steps",
                  .smaller = "full momentum"},
                 {.name = "nesterov",
                  .type = ParamType::kBool,
                  .what = "look ahead along the momentum before taking the step",
                  .fallback = false,
                  .source = "Sutskever et al. 2013, ICML"},
                 WeightDecayParam(0.0, "L2 penalty: weight_decay w is added to the gradient")},
      .synonyms = {"gradient descent", "momentum", "nesterov"},
      .ignored = {{.param = "dampening", .other = "momentum", .value = 0.0}},
      .source = "Robbins and Monro 1951; Polyak 1964"};
  return spec;
}

}  // namespace bottega

#include "optim/optimizers_specs.h"
#include "optim/shared_params_spec.h"

namespace bottega {

namespace {

std::vector<Param> Params(const Param& decay) {
  return {LearningRateParam(1e-3),
          {.name = "beta1",
           .type = ParamType::kFloat,
           .what = "memory of the mean gradient",
           .fallback = 0.9,
           .min = 0,
           .max = 0.9999999,
           .larger = "smoother, slower to turn",
           .smaller = "follows each batch"},
          {.name = "beta2",
           .type = ParamType::kFloat,
           .what = "memory of the mean squared gradient",
           .fallback = 0.999,
           .min = 0,
           .max = 0.9999999,
           .larger = "steadier scale",
           .smaller = "scale adapts faster"},
          EpsilonParam(1e-8),
          decay,
          {.name = "amsgrad",
           .type = ParamType::kBool,
           .what = "divide by the largest mean squared gradient so far",
           .fallback = false,
           .source = "Reddi et al. 2018, arXiv:1904.09237"}};
}

}  // namespace

const Spec& AdamSpec() {
  static const Spec spec = {
      .kind = "optimizer",
      .name = "adam",
      .one_line = "steps scaled by running means of the gradient and of its square",
      .text =
          "Each parameter has its own step size. Weight decay acts as an L2 penalty inside the "
          "gradient; for decoupled decay use `adamw`.",
      .params =
          Params(WeightDecayParam(0.0, "L2 penalty: weight_decay w is added to the gradient")),
      .source = "Kingma and Ba 2015, arXiv:1412.6980"};
  return spec;
}

const Spec& AdamwSpec() {
  static const Spec spec = {
      .kind = "optimizer",
      .name = "adamw",
      .one_line = "Adam with weight decay apart from the gradient; a good default",
      .text =
          "Adam whose weight decay shrinks the weights directly by lr weight_decay each step, so "
          "that it does not depend on the gradient's scale.",
      .params = Params(
          Decoupled(WeightDecayParam(0.01, "share of each weight taken off per step, times lr"))),
      .synonyms = {"adam with decoupled weight decay"},
      .source = "Loshchilov and Hutter 2019, arXiv:1711.05101"};
  return spec;
}

}  // namespace bottega

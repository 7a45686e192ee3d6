#include "optim/optimizers_specs.h"
#include "optim/shared_params_spec.h"

namespace bottega {

namespace {

std::vector<Param> Params(const Param& decay) {
  return {LearningRateParam(0.01),
          MomentumParam(0.9),
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
          decay};
}

}  // namespace

const Spec& SgdSpec() {
  static const Spec spec = {
      .kind = "optimizer",
      .name = "sgd",
      .one_line = "stochastic gradient descent with momentum",
      .text =
          "Wins on convolutional networks with a tuned rate and a schedule, where it often "
          "generalizes better than Adam (Wilson et al. 2017, arXiv:1705.08292), and costs one "
          "number a weight. Fails where gradients differ in scale between layers or features, as "
          "in transformers and embeddings of rare categories (Zhang et al. 2020, "
          "arXiv:1912.03194), and with a rate that was not looked for: try `bottega lr find`.",
      .params = Params(L2Param()),
      .synonyms = {"gradient descent", "momentum", "nesterov"},
      .ignored = {{.param = "dampening", .other = "momentum", .value = 0.0}},
      .source = "Robbins and Monro 1951; Polyak 1964",
      .renamed = {CoupledDecayRenamed("sgdw")}};
  return spec;
}

const Spec& SgdwSpec() {
  static const Spec spec = {
      .kind = "optimizer",
      .name = "sgdw",
      .one_line = "stochastic gradient descent with decoupled weight decay",
      .text =
          "As `sgd`, but the best decay depends less on the best rate, so that the two can be "
          "looked for one after the other (Loshchilov and Hutter 2019, section 4). Without "
          "momentum "
          "it is the same as `sgd` with l2. Fails where `sgd` fails.",
      .params = Params(WeightDecayParam(0.01)),
      .synonyms = {"sgd with decoupled weight decay"},
      .ignored = {{.param = "dampening", .other = "momentum", .value = 0.0}},
      .source = "Loshchilov and Hutter 2019, arXiv:1711.05101"};
  return spec;
}

}  // namespace bottega

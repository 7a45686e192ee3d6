#include "optim/penalties_specs.h"

namespace bottega {

namespace {

Param Strength(double fallback) {
  return {.name = "strength",
          .type = ParamType::kFloat,
          .what = "factor of the penalty",
          .fallback = fallback,
          .min = 0,
          .larger = "smaller weights, simpler model",
          .smaller = "freer weights"};
}

}  // namespace

const Spec& L1PenaltySpec() {
  static const Spec spec = {
      .kind = "penalty",
      .name = "l1",
      .one_line = "sum of the weights' absolute values: pushes weights to zero",
      .text = "Added to the loss once per step. Biases and norms are not penalized.",
      .params = {Strength(1e-5)},
      .synonyms = {"lasso", "sparsity"},
      .source = "Tibshirani 1996"};
  return spec;
}

const Spec& L2PenaltySpec() {
  static const Spec spec = {
      .kind = "penalty",
      .name = "l2",
      .one_line = "half the sum of the weights' squares: keeps weights small",
      .text =
          "Added to the loss once per step. Biases and norms are not penalized. With `adamw` the "
          "optimizer's own weight_decay is the usual choice.",
      .params = {Strength(1e-4)},
      .synonyms = {"ridge", "weight decay", "tikhonov"},
      .source = "Krogh and Hertz 1991"};
  return spec;
}

SpecList PenaltySpecs() { return {&L1PenaltySpec(), &L2PenaltySpec()}; }

}  // namespace bottega

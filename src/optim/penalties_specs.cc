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
      .source = "Tibshirani 1996",
      .regularizer = Regularizer{.helps = "many inputs of which few matter",
                                 .costs = "of inputs that say the same, one is kept by chance",
                                 .set = "train.penalties=[{l1: {strength: 1e-5}}]"}};
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
      .synonyms = {"ridge", "tikhonov", "coupled weight decay", "weight decay"},
      .source = "Hoerl and Kennard 1970; Krogh and Hertz 1991",
      .regularizer = Regularizer{.helps = "few rows for many weights; inputs that go together",
                                 .costs = "shrinks what matters too; with adaptive optimizers less "
                                          "where gradients are large (use decoupled decay)",
                                 .set = "train.penalties=[{l2: {strength: 1e-4}}]"}};
  return spec;
}

const Spec& ElasticNetSpec() {
  static const Spec spec = {
      .kind = "penalty",
      .name = "elastic_net",
      .one_line = "a mixture of l1 and l2: weights to zero, alike where inputs are alike",
      .text =
          "strength (ratio sum |w| + (1 - ratio) / 2 sum w^2), added to the loss once per step. "
          "Biases and norms are not penalized.",
      .params = {Strength(1e-4),
                 {.name = "ratio",
                  .type = ParamType::kFloat,
                  .what = "share of l1",
                  .fallback = 0.5,
                  .min = 0,
                  .max = 1,
                  .larger = "more weights at zero",
                  .smaller = "closer to l2",
                  .source = "scikit-learn's l1_ratio"}},
      .synonyms = {"elastic net", "l1 and l2"},
      .source = "Zou and Hastie 2005, JRSS B 67",
      .regularizer = Regularizer{.helps = "many inputs of which few groups matter",
                                 .costs = "two numbers to choose",
                                 .set = "train.penalties=[{elastic_net: {strength: 1e-4}}]"}};
  return spec;
}

const Spec& MaxNormSpec() {
  static const Spec spec = {
      .kind = "penalty",
      .name = "max_norm",
      .one_line = "no unit's incoming weights may have a norm above a limit",
      .text =
          "A constraint rather than a cost: after each step the weights into a unit (of a "
          "convolution: into a channel, of a category: its vector) whose Euclidean norm is larger "
          "are scaled down to the limit. Biases and norms are left alone.",
      .params = {{.name = "limit",
                  .type = ParamType::kFloat,
                  .what = "largest norm of a unit's incoming weights",
                  .fallback = 3.0,
                  .min = 0,
                  .min_open = true,
                  .larger = "freer weights",
                  .smaller = "tighter, simpler model",
                  .source = "Srivastava et al. 2014, appendix A: 3 to 4"}},
      .synonyms = {"max norm", "weight constraint", "max norm constraint"},
      .source = "Srivastava et al. 2014, JMLR 15, section 5.1",
      .regularizer =
          Regularizer{.helps = "dropout with high learning rates: weights cannot blow up",
                      .costs = "no effect until the limit is reached",
                      .set = "train.penalties=[max_norm]"}};
  return spec;
}

SpecList PenaltySpecs() {
  return {&L1PenaltySpec(), &L2PenaltySpec(), &ElasticNetSpec(), &MaxNormSpec()};
}

}  // namespace bottega

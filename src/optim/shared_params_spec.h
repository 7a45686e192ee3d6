// Parameters that several optimizers declare in the same words.
#pragma once

#include "spec/spec.h"

namespace bottega {

inline Param LearningRateParam(double fallback) {
  return {.name = "lr",
          .type = ParamType::kFloat,
          .what = "learning rate: the size of an update, before the schedule's factor",
          .fallback = fallback,
          .min = 0,
          .larger = "learns faster, may diverge",
          .smaller = "steadier and slower; may stop too early",
          .source = "the default of torch.optim"};
}

inline Param WeightDecayParam(double fallback, const std::string& what) {
  return {.name = "weight_decay",
          .type = ParamType::kFloat,
          .what = what + "; applies to all parameters, biases and norms included",
          .fallback = fallback,
          .min = 0,
          .larger = "smaller weights, less overfitting",
          .smaller = "freer weights"};
}

// Of an optimizer whose decay does not pass through its gradient scaling.
inline Param Decoupled(Param decay) {
  decay.regularizer = Regularizer{
      .helps = "networks trained with an adaptive optimizer; independent of the gradient's scale",
      .costs = "shrinks what matters too; grows with the learning rate",
      .set = "train.optimizer.weight_decay=0.05",
      .synonyms = {"weight decay", "decoupled weight decay", "adamw"}};
  return decay;
}

inline Param EpsilonParam(double fallback) {
  return {.name = "eps",
          .type = ParamType::kFloat,
          .what = "added to the denominator, against division by zero",
          .fallback = fallback,
          .min = 0,
          .larger = "smaller updates where gradients are tiny",
          .smaller = "closer to the formula; may be unstable"};
}

}  // namespace bottega

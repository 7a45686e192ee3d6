// Parameters that several optimizers declare in the same words.
#pragma once

#include "spec/spec.h"

namespace bottega {

inline Param LearningRateParam(double fallback,
                               const std::string& source = "the default of torch.optim") {
  return {.name = "lr",
          .type = ParamType::kFloat,
          .what = "learning rate: the size of an update, before the schedule's factor",
          .fallback = fallback,
          .min = 0,
          .larger = "learns faster, may diverge",
          .smaller = "steadier and slower; may stop too early",
          .source = source};
}

// Coupled: an L2 penalty whose gradient passes through the optimizer's scaling.
inline Param L2Param() {
  return {.name = "l2",
          .type = ParamType::kFloat,
          .what = "coupled decay (ridge): l2 w is added to the gradient, and scaled with it",
          .fallback = 0.0,
          .min = 0,
          .larger = "smaller weights, less overfitting",
          .smaller = "freer weights",
          .source = "Hoerl and Kennard 1970, Technometrics 12; Krogh and Hertz 1991",
          .synonyms = {"ridge", "tikhonov", "coupled weight decay", "l2 penalty"}};
}

// Decoupled: the weights shrink beside the update.
inline Param WeightDecayParam(double fallback) {
  return {.name = "weight_decay",
          .type = ParamType::kFloat,
          .what = "decoupled decay: the share of each weight taken off per step, times lr",
          .fallback = fallback,
          .min = 0,
          .larger = "smaller weights, less overfitting",
          .smaller = "freer weights",
          .source = "Loshchilov and Hutter 2019, arXiv:1711.05101",
          .synonyms = {"weight decay", "decoupled weight decay", "decoupled decay"}};
}

// What coupled decay was called before.
inline Renamed CoupledDecayRenamed(const std::string& decoupled) {
  return {.was = "weight_decay",
          .now = "l2",
          .why = "coupled; for decoupled decay, weight_decay of " + decoupled};
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

inline Param Beta1Param(double fallback) {
  return {.name = "beta1",
          .type = ParamType::kFloat,
          .what = "memory of the mean gradient",
          .fallback = fallback,
          .min = 0,
          .max = 0.9999999,
          .larger = "smoother, slower to turn",
          .smaller = "follows each batch",
          .synonyms = {"momentum"}};
}

inline Param Beta2Param(double fallback) {
  return {.name = "beta2",
          .type = ParamType::kFloat,
          .what = "memory of the mean squared gradient",
          .fallback = fallback,
          .min = 0,
          .max = 0.9999999,
          .larger = "steadier scale",
          .smaller = "scale adapts faster"};
}

inline Param MomentumParam(double fallback) {
  return {.name = "momentum",
          .type = ParamType::kFloat,
          .what = "share of the last update that is kept",
          .fallback = fallback,
          .min = 0,
          .max = 0.9999999,
          .larger = "faster along steady directions, may overshoot",
          .smaller = "more cautious",
          .source = "Sutskever et al. 2013, ICML"};
}

inline Param AmsgradParam() {
  return {.name = "amsgrad",
          .type = ParamType::kBool,
          .what = "divide by the largest mean squared gradient so far",
          .fallback = false,
          .source = "Reddi et al. 2018, arXiv:1904.09237"};
}

}  // namespace bottega

// Names and help of the losses, and the choice behind `auto`; free of libtorch.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& AutoLossSpec();
const Spec& CrossEntropySpec();
const Spec& FocalSpec();
const Spec& OrdinalSpec();
const Spec& ExpectedCostSpec();
const Spec& MseSpec();
const Spec& L1LossSpec();
const Spec& HuberSpec();
const Spec& QuantileSpec();

SpecList LossSpecs();

// {name: auto} becomes cross_entropy for classification and mse for regression, with defaults.
// Errors (kRecipe): a loss of the other task.
Json ResolveLoss(const Json& loss, bool classification);

}  // namespace bottega

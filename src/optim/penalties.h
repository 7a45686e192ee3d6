// The list of penalties, for penalty.cc and the test that compares it with the Specs.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "base/json.h"

namespace bottega {

struct PenaltyFunction {
  std::string name;
  // Adds the penalty's gradient and returns its value as a scalar tensor; null for a constraint.
  at::Tensor (*add)(const Json& settings, const at::Tensor& weight, const at::Tensor& gradient);
  // Brings a weight [units, ...] back within its limits, after the step; null for a penalty.
  void (*constrain)(const Json& settings, at::Tensor weight);
};

// In the order of PenaltySpecs().
const std::vector<PenaltyFunction>& PenaltyFunctions();

}  // namespace bottega

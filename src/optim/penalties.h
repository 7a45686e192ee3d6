// The list of penalties, for penalty.cc and the test that compares it with the Specs.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

namespace bottega {

struct PenaltyFunction {
  std::string name;
  // Adds the penalty's gradient and returns its value as a scalar tensor.
  at::Tensor (*add)(double strength, const at::Tensor& weight, const at::Tensor& gradient);
};

// In the order of PenaltySpecs().
const std::vector<PenaltyFunction>& PenaltyFunctions();

}  // namespace bottega

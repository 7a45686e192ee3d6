// The list of optimizer builders, for MakeOptimizer and the test that compares it with the Specs.
#pragma once

#include <string>
#include <vector>

#include "optim/optimizer.h"

namespace bottega {

struct OptimizerBuilder {
  std::string name;
  std::unique_ptr<Optimizer> (*make)(const Json& settings, const UpdateTargets& targets);
};

// In the order of OptimizerSpecs().
const std::vector<OptimizerBuilder>& OptimizerBuilders();

}  // namespace bottega

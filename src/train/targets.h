// What the rows of a Dataset are to be learned as.
#pragma once

#include <cstdint>
#include <vector>

#include "clean/plan.h"
#include "data/dataset.h"

namespace bottega {

// One entry per position of the Dataset.
struct Targets {
  bool classification = true;
  int64_t classes = 0;
  std::vector<int32_t> labels;  // classification: -1 where unknown
  std::vector<float> values;    // regression: scaled, NaN where unknown
  std::vector<double> weight;   // of the weight column, else 1

  bool Known(int64_t position) const;
  int64_t outputs() const { return classification ? classes : 1; }
};

// Errors: kData for a weight that is negative or not finite.
Targets MakeTargets(const FittedPlan& plan, const Dataset& data);

// Those of `positions` whose target is known.
std::vector<int64_t> KnownOnly(const Targets& targets, const std::vector<int64_t>& positions);

}  // namespace bottega

// New rows against what a plan learned: categories that training never saw.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "clean/plan.h"
#include "data/dataset.h"

namespace bottega {

struct UnseenValues {
  std::string column;
  int64_t rows = 0;                 // that hold such a value
  std::vector<std::string> values;  // the most frequent first
};

// One entry for each column with values that no training row held, for the columns that the plan
// gives codes (step `encode`). The model treats them as it does rare values. A column whose rare
// values were too many to be kept in the plan is left out.
std::vector<UnseenValues> FindUnseen(const FittedPlan& plan, const Dataset& data);

}  // namespace bottega

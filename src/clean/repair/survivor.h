// Survivorship: which of several records of one thing stays, and what it takes from the others.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "clean/repairs.h"

namespace bottega {

struct Survivorship {
  std::string repair;    // component
  std::string relation;  // "equals": how a row that goes stands to the one that stays
  std::string keep;      // first, last, newest, most_complete, merge
  double confidence = 1;
  Json by;  // date column of `newest` (and of ties in `merge`), or null: found
};

// One row of each group stays, the others are set aside. `groups` hold record numbers of `data`;
// ties go to the first row of the file. `merge` keeps the most complete row and fills each of its
// gaps from the newest (without a date column: the most complete) of the others that has a value;
// the target is never filled. Errors: kRecipe when `newest` has no date column to go by.
void KeepOne(const Survivorship& rule, const Dataset& data,
             const std::vector<std::vector<int64_t>>& groups, RepairPlan* plan);

}  // namespace bottega

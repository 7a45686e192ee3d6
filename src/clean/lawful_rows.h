// Rows that may not be learned from leave the data before anything else is repaired. These repairs
// come first in a plan, do not depend on the recipe's list of repairs, and cannot be undone.
#pragma once

#include "base/json.h"
#include "clean/repairs.h"
#include "data/dataset.h"

namespace bottega {

inline constexpr const char* kLawfulUse = "lawful_use";
// The reason of rows that `bottega forget` keeps aside. Their cells go to no quarantine, and no
// undo log gives them back.
inline constexpr const char* kForgotten = "forgotten";

// What JudgeRows(data, recipe, today) excludes, set aside. Errors: its own; kData when no row is
// left.
RepairPlan PlanLawfulUse(const Dataset& data, const Json& recipe);

// `plan` with the repairs of `lawful` in front, in place of those it may hold; its other repairs no
// longer touch the rows that these set aside.
RepairPlan WithLawfulUse(const RepairPlan& lawful, RepairPlan plan);

// Adds `rows` (rising) to those that the plan keeps aside as forgotten; its other repairs no longer
// touch them.
void SetForgottenAside(const std::vector<int64_t>& rows, RepairPlan* plan);
// Record numbers that `plan` keeps aside as forgotten, rising.
std::vector<int64_t> ForgottenRows(const RepairPlan& plan);

}  // namespace bottega

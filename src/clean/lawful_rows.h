// Rows that may not be learned from leave the data before anything else is repaired. These repairs
// come first in a plan, do not depend on the recipe's list of repairs, and cannot be undone.
#pragma once

#include "base/json.h"
#include "clean/repairs.h"
#include "data/dataset.h"

namespace bottega {

inline constexpr const char* kLawfulUse = "lawful_use";

// What JudgeRows(data, recipe, today) excludes, set aside. Errors: its own; kData when no row is
// left.
RepairPlan PlanLawfulUse(const Dataset& data, const Json& recipe);

// PlanRepairs on what `lawful` leaves, after `lawful`. Other parameters as PlanRepairs'.
RepairPlan PlanLawfulRepairs(const Dataset& data, const RepairPlan& lawful,
                             const AuditResult& audit, const Json& section,
                             const Duplicates* duplicates = nullptr);

}  // namespace bottega

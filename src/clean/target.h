// What of a plan concerns the target.
#pragma once

#include "clean/plan.h"

namespace bottega {

// Fills task, classes, positive, target_mean and target_scale from the training rows. A dataset
// without a target column leaves the task empty. The positive class of a binary task is the rarer
// one; of two equally frequent, the second in byte order.
void FitTarget(const Dataset& train, FittedPlan* plan);

// Makes `label` the positive class; Error kRecipe when the plan has no such class.
void SetPositive(FittedPlan* plan, const std::string& label);

}  // namespace bottega

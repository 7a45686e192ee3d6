// From predictions to metrics.json (doc/formats/metrics.md).
#pragma once

#include "base/json.h"
#include "metric/predictions.h"

namespace bottega {

// All metrics of the task with intervals for each part that has rows, per class, confusion,
// calibration, the same metrics of a baseline that knows only the training targets, and warnings.
// `section` is the resolved `evaluate` section. Errors: kData when there are no predictions,
// kRecipe when `primary` is no metric of the task.
Json EvaluateAll(const Predictions& predictions, const Json& section);

}  // namespace bottega

// Simple models beside the run's own: is that one worth it? Format: doc/formats/baselines.md.
#pragma once

#include <string>

#include "base/json.h"
#include "metric/predictions.h"
#include "train/train_stage.h"

namespace bottega {

// The content of baselines.json: those of the recipe's train.baselines, fitted on the run's
// training rows with quick settings (or taken from its candidates), their scores on validation and
// test, and by how much `ours`, the run's own predictions, are better in `metric`, with intervals.
// null for pictures and where no baseline is wanted or can be fitted.
Json CompareWithBaselines(const TrainInputs& inputs, const Predictions& ours,
                          const std::string& metric);

}  // namespace bottega

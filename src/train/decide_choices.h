// choices.json of a run: read where it is there, else made and written before the first step.
#pragma once

#include "train/choices.h"
#include "train/setup.h"

namespace bottega {

// Errors: kRecipe when the micro-batch of a replayed choice does not divide the batch.
Choices DecideChoices(const TrainSetup& setup, Choices (*choose)(const TrainSetup&));

}  // namespace bottega

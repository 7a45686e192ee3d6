// Whether a training has ended, as its recipe stands now: epochs and patience may have been raised.
#pragma once

#include <optional>
#include <string>

#include "train/checkpoint.h"
#include "train/early_stopping.h"
#include "train/setup.h"

namespace bottega {

// As the recipe says for this run.
EarlyStopping MakeEarlyStopping(const TrainSetup& setup);

// "finished", "early_stopping", or "" when there is more to train.
std::string WhyStopped(const EarlyStopping& stopper, const TrainState& state,
                       const TrainSetup& setup);

// The state of a run that is trained as far as its recipe says and has its model, if it is.
std::optional<TrainState> EndedState(const TrainSetup& setup);

}  // namespace bottega

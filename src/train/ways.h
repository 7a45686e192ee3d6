// The ways in which the kinds of model are trained that are not networks; Train() picks one by the
// recipe's model.
#pragma once

#include <optional>

#include "train/checkpoint.h"
#include "train/setup.h"
#include "train/train_stage.h"

namespace bottega {

// Models of tables that are fitted in steps: majority, linear, knn, boosted_trees.
TrainOutcome TrainTableModel(const TrainInputs& inputs);
// `model: auto` of a table: trains candidates and keeps the best, or a blend of them.
TrainOutcome TrainAuto(const TrainInputs& inputs);

// Of a training that reached its end.
TrainOutcome OutcomeOf(const TrainSetup& setup, const TrainState& state);
// The same from the run's files, if its model is there already.
std::optional<TrainOutcome> FinishedOutcome(const TrainSetup& setup);

}  // namespace bottega

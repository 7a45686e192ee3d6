// Optimizers on one's own data: each gets the same number of learning rates to try and the same
// budget of evaluations, and is ranked by its validation score over several seeds. Free of libtorch
// types.
#pragma once

#include <string>
#include <vector>

#include "metric/mean_interval.h"
#include "train/early_stopping.h"
#include "train/train_stage.h"

namespace bottega {

struct RaceOptions {
  std::vector<Json> optimizers;  // resolved {name: adamw, lr: ..., ...}
  int64_t epochs = 5;            // worth of evaluations, for each training
  int tries = 5;                 // learning rates, around the one given
  double spacing = 4;            // factor between two of them
  int seeds = 5;                 // trainings at the best rate
  double level = 0.95;
};

struct RaceEntry {
  Json optimizer;                                // with the chosen lr
  std::vector<std::pair<double, double>> tried;  // rate and score on a seed of its own
  bool at_edge = false;  // the best rate was the lowest or highest tried: there may be better ones
  std::vector<double> scores;  // one a seed, the best epoch's; NaN where it diverged
  MeanInterval score;
  MeanInterval behind;  // the winner's score is better by, paired over seeds; of the winner: 0
  int64_t steps = 0;    // of one training
  double seconds = 0;   // of one training, mean

  const std::string& name() const { return optimizer.at("name").get_ref<const std::string&>(); }
};

struct Race {
  MonitoredScore score;
  std::vector<RaceEntry> entries;  // best first; what diverged last
  int64_t rows = 0;                // of validation, which rate and rank both come from
};

// The seeds are seed + 1, seed + 2 ... of the recipe's; rates are chosen on the recipe's own, so
// that the scores that rank do not come from the choice. inputs.run is not used. Errors: kData
// without validation rows.
Race RaceOptimizers(const TrainInputs& inputs, const RaceOptions& options);

// Whether the interval of what `entry` is behind lies above 0.
bool ClearlyBehind(const RaceEntry& entry);

Json RaceToJson(const Race& race);

}  // namespace bottega

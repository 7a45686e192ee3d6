// Early stopping: remembers the best epoch by the monitored scores and says when to give up.
//
// Several scores are watched together. Training stops when none of them has improved for `patience`
// epochs. The best epoch is the best by the first score; where that is equal, by the next.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"

namespace bottega {

// "validation.f1" -> part "validation", name "f1".
struct MonitoredScore {
  std::string part;  // "train" or "validation"
  std::string name;  // as log.jsonl writes it: "loss", "f1", "roc_auc", "rmse" ...
  bool lower_is_better = false;

  std::string path() const { return part + "." + name; }
};

// Throws Error kRecipe for a text that is not PART.SCORE.
MonitoredScore ParseMonitoredScore(const std::string& text);

class EarlyStopping {
 public:
  // `scores`: at least one. `patience`: epochs in a row in which no score improves after which to
  // stop; < 1: never stops, still remembers the best. `min_delta`: how much better than its best a
  // score must be to count as improved, and the first score for the epoch to be the best.
  EarlyStopping(std::vector<MonitoredScore> scores, int64_t patience, double min_delta);

  const std::vector<MonitoredScore>& scores() const { return scores_; }
  // Takes the scores of `epoch` (from 1), one each. True when it is the best so far. NaN is never
  // an improvement; an epoch whose first score is NaN is never the best.
  bool Observe(int64_t epoch, const std::vector<double>& values);
  bool ShouldStop() const { return patience_ > 0 && waited_ >= patience_; }
  int64_t best_epoch() const { return best_epoch_; }  // 0: none yet
  double best() const { return best_[0]; }            // the first score of that epoch; NaN: none

  Json State() const;
  void LoadState(const Json& state);

 private:
  double Gain(size_t score, double value, double than) const;
  bool BetterThanBest(const std::vector<double>& values) const;

  std::vector<MonitoredScore> scores_;
  int64_t patience_;
  double min_delta_;
  std::vector<double> best_;     // scores of the best epoch; NaN: none
  std::vector<double> reached_;  // the best of each score, whatever its epoch; NaN: none
  int64_t best_epoch_ = 0;
  int64_t waited_ = 0;
};

// The scores of the validation part that a resolved `early_stopping` section watches;
// validation.loss where there are none (or the section is null), train.loss without validation
// rows.
std::vector<MonitoredScore> ValidationScores(const Json& section, bool validated);

// As the resolved `early_stopping` section says; null: never stops, and the best epoch is that of
// the least loss. Without validation rows train.loss is watched instead (once).
EarlyStopping MakeEarlyStopping(const Json& section, bool validated);

}  // namespace bottega

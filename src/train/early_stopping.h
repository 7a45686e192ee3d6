// Early stopping: remembers the best epoch by one monitored score and says when to give up.
#pragma once

#include <cstdint>
#include <string>

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
  // `patience`: epochs in a row without improvement after which to stop; < 1: never stops, still
  // remembers the best. `min_delta`: how much better than the best counts as an improvement.
  EarlyStopping(MonitoredScore score, int64_t patience, double min_delta);

  const MonitoredScore& score() const { return score_; }
  // Takes the score of `epoch` (from 1). True when it is the best so far. NaN is never better.
  bool Observe(int64_t epoch, double value);
  bool ShouldStop() const { return patience_ > 0 && waited_ >= patience_; }
  int64_t best_epoch() const { return best_epoch_; }  // 0: none yet
  double best() const { return best_; }

  Json State() const;
  void LoadState(const Json& state);

 private:
  MonitoredScore score_;
  int64_t patience_;
  double min_delta_;
  double best_ = 0;
  int64_t best_epoch_ = 0;
  int64_t waited_ = 0;
};

}  // namespace bottega

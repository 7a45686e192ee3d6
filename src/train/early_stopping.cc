#include "train/early_stopping.h"

#include <cmath>

#include "base/error.h"
#include "metric/metrics.h"

namespace bottega {

MonitoredScore ParseMonitoredScore(const std::string& text) {
  const size_t dot = text.find('.');
  MonitoredScore score{.part = text.substr(0, dot)};
  if (dot != std::string::npos) score.name = text.substr(dot + 1);
  if (score.name.empty() || (score.part != "train" && score.part != "validation")) {
    throw Error(ErrorKind::kRecipe,
                "'" + text + "' is no score to watch: write validation.NAME or train.NAME", {},
                "bottega train --set train.early_stopping.metric=validation.loss");
  }
  score.lower_is_better = !LargerIsBetter(text);
  return score;
}

EarlyStopping::EarlyStopping(MonitoredScore score, int64_t patience, double min_delta)
    : score_(std::move(score)), patience_(patience), min_delta_(min_delta) {}

bool EarlyStopping::Observe(int64_t epoch, double value) {
  const double gain = score_.lower_is_better ? best_ - value : value - best_;
  const bool better = std::isfinite(value) && (best_epoch_ == 0 || gain > min_delta_);
  if (better) {
    best_ = value;
    best_epoch_ = epoch;
    waited_ = 0;
  } else {
    ++waited_;
  }
  return better;
}

Json EarlyStopping::State() const {
  return {{"best", best_}, {"best_epoch", best_epoch_}, {"waited", waited_}};
}

void EarlyStopping::LoadState(const Json& state) {
  best_ = state.at("best").get<double>();
  best_epoch_ = state.at("best_epoch").get<int64_t>();
  waited_ = state.at("waited").get<int64_t>();
}

}  // namespace bottega

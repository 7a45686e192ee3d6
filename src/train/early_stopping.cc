#include "train/early_stopping.h"

#include <cmath>
#include <limits>

#include "base/error.h"
#include "metric/metrics.h"

namespace bottega {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// JSON has no NaN.
Json ToJson(const std::vector<double>& values) {
  Json list = Json::array();
  for (const double value : values) list.push_back(std::isfinite(value) ? Json(value) : Json());
  return list;
}

std::vector<double> FromJson(const Json& list) {
  std::vector<double> values;
  for (const Json& value : list) values.push_back(value.is_null() ? kNaN : value.get<double>());
  return values;
}

}  // namespace

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

EarlyStopping::EarlyStopping(std::vector<MonitoredScore> scores, int64_t patience, double min_delta)
    : scores_(std::move(scores)),
      patience_(patience),
      min_delta_(min_delta),
      best_(scores_.size(), kNaN),
      reached_(scores_.size(), kNaN) {}

double EarlyStopping::Gain(size_t score, double value, double than) const {
  if (!std::isfinite(value)) return std::isfinite(than) ? -INFINITY : 0;
  if (!std::isfinite(than)) return INFINITY;
  return scores_[score].lower_is_better ? than - value : value - than;
}

bool EarlyStopping::BetterThanBest(const std::vector<double>& values) const {
  if (!std::isfinite(values[0])) return false;
  for (size_t s = 0; s < values.size(); ++s) {
    const double gain = Gain(s, values[s], best_[s]);
    if (gain != 0) return gain > min_delta_;
  }
  return false;
}

bool EarlyStopping::Observe(int64_t epoch, const std::vector<double>& values) {
  bool improved = false;
  for (size_t s = 0; s < values.size(); ++s) {
    if (Gain(s, values[s], reached_[s]) <= min_delta_) continue;
    reached_[s] = values[s];
    improved = true;
  }
  waited_ = improved ? 0 : waited_ + 1;
  if (!BetterThanBest(values)) return false;
  best_ = values;
  best_epoch_ = epoch;
  return true;
}

Json EarlyStopping::State() const {
  return {{"best", ToJson(best_)},
          {"best_epoch", best_epoch_},
          {"reached", ToJson(reached_)},
          {"waited", waited_}};
}

void EarlyStopping::LoadState(const Json& state) {
  best_ = FromJson(state.at("best"));
  reached_ = FromJson(state.at("reached"));
  best_epoch_ = state.at("best_epoch").get<int64_t>();
  waited_ = state.at("waited").get<int64_t>();
}

std::vector<MonitoredScore> ValidationScores(const Json& section, bool validated) {
  std::vector<MonitoredScore> scores;
  if (validated && section.is_object()) {
    for (const Json& text : section.at("metric")) {
      const MonitoredScore score = ParseMonitoredScore(text.get<std::string>());
      if (score.part == "validation") scores.push_back(score);
    }
  }
  if (scores.empty()) {
    scores.push_back(ParseMonitoredScore(validated ? "validation.loss" : "train.loss"));
  }
  return scores;
}

EarlyStopping MakeEarlyStopping(const Json& section, bool validated) {
  const std::string loss = validated ? "validation.loss" : "train.loss";
  if (section.is_null()) return {{ParseMonitoredScore(loss)}, 0, 0};
  std::vector<MonitoredScore> scores;
  for (const Json& name : section.at("metric")) {
    MonitoredScore score = ParseMonitoredScore(name.get<std::string>());
    if (score.part == "validation" && !validated) score = ParseMonitoredScore(loss);
    const bool known = std::ranges::any_of(
        scores, [&](const MonitoredScore& other) { return other.path() == score.path(); });
    if (!known) scores.push_back(std::move(score));
  }
  return {std::move(scores), section.at("patience").get<int64_t>(),
          section.at("min_delta").get<double>()};
}

}  // namespace bottega

#include "metric/cross_validation.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "metric/metrics.h"
#include "metric/number_json.h"
#include "metric/resampled_t.h"

namespace bottega {

namespace {

// scores[m][f]: metric m in fold f.
std::vector<std::vector<double>> ScoresOf(const std::vector<FoldResult>& folds,
                                          const std::vector<std::string>& names, int bins) {
  std::vector<std::vector<double>> scores(names.size());
  for (const FoldResult& fold : folds) {
    for (size_t m = 0; m < names.size(); ++m) {
      scores[m].push_back(Metric(names[m], fold.predictions, bins));
    }
  }
  return scores;
}

// Scores of few folds can be so far apart that the interval reaches beyond what the metric can be.
Interval Possible(Interval interval, const MetricKind& kind, size_t classes) {
  interval.low = std::max(interval.low, kind.least);
  interval.high = std::min(interval.high, classes > 2 ? kind.most_of_many : kind.most);
  return interval;
}

Json ScoreJson(const MetricKind& kind, size_t classes, const std::vector<double>& by_fold,
               double ratio, double level) {
  std::vector<double> known;
  Json list = Json::array();
  for (const double score : by_fold) {
    list.push_back(NumberJson(score));
    if (std::isfinite(score)) known.push_back(score);
  }
  const SampleSpread spread = SampleSpreadOf(known);
  Json json =
      ValueJson(spread.mean, Possible(CorrectedResampledT(known, ratio, level), kind, classes));
  json["deviation"] = NumberJson(spread.deviation);
  json["by_fold"] = list;
  return json;
}

}  // namespace

Json CrossValidationScores(const std::vector<FoldResult>& folds, double level, int bins) {
  const Predictions& first = folds.front().predictions;
  const std::vector<std::string> names = MetricNames(first.task);
  const size_t classes = first.classes.size();
  const std::vector<std::vector<double>> scores = ScoresOf(folds, names, bins);
  double ratio = 0;
  for (const FoldResult& fold : folds) {
    ratio += static_cast<double>(fold.predictions.size()) / static_cast<double>(fold.learned) /
             static_cast<double>(folds.size());
  }
  Json json = {{"interval", "corrected resampled t (Nadeau and Bengio 2003)"},
               {"level", level},
               {"held_out_to_learned", ratio}};
  for (size_t m = 0; m < names.size(); ++m) {
    json[names[m]] = ScoreJson(*FindMetric(names[m]), classes, scores[m], ratio, level);
  }
  return json;
}

Predictions WithOutOfFold(const Predictions& own, const std::vector<FoldResult>& folds) {
  Predictions all = own;
  const auto append = [](auto* to, const auto& from) {
    to->insert(to->end(), from.begin(), from.end());
  };
  for (const FoldResult& fold : folds) {
    if (fold.repeat > 0) continue;
    const Predictions& p = fold.predictions;
    append(&all.row, p.row);
    append(&all.part, p.part);
    append(&all.fold, p.fold);
    append(&all.weight, p.weight);
    append(&all.label, p.label);
    append(&all.value, p.value);
    append(&all.predicted, p.predicted);
    append(&all.predicted_value, p.predicted_value);
    append(&all.probability, p.probability);
    for (auto& [name, values] : all.group) append(&values, p.group.at(name));
  }
  return all;
}

Predictions AlignedTo(const Predictions& rows, const Predictions& predictions) {
  std::unordered_map<int64_t, size_t> at;
  for (size_t i = 0; i < rows.row.size(); ++i) at[rows.row[i]] = i;
  std::vector<size_t> to;  // of each class of the predictions
  for (const std::string& name : predictions.classes) {
    to.push_back(static_cast<size_t>(std::ranges::find(rows.classes, name) - rows.classes.begin()));
  }
  const size_t width = rows.classes.size(), own = predictions.classes.size();
  Predictions out{.task = rows.task, .classes = rows.classes, .positive = rows.positive};
  for (size_t i = 0; i < predictions.row.size(); ++i) {
    const auto found = at.find(predictions.row[i]);
    if (found == at.end()) continue;
    const size_t from = found->second;
    out.row.push_back(predictions.row[i]);
    out.part.push_back(predictions.part[i]);
    out.fold.push_back(predictions.fold[i]);
    out.weight.push_back(rows.weight[from]);
    for (const auto& [name, values] : rows.group) out.group[name].push_back(values[from]);
    if (rows.task == Task::kRegression) {
      out.value.push_back(rows.value[from]);
      out.predicted_value.push_back(predictions.predicted_value[i]);
      continue;
    }
    out.label.push_back(rows.label[from]);
    const size_t predicted = to[static_cast<size_t>(predictions.predicted[i])];
    out.predicted.push_back(predicted < width ? static_cast<int32_t>(predicted) : -1);
    out.probability.resize(out.probability.size() + width);
    float* probability = out.probability.data() + out.probability.size() - width;
    for (size_t c = 0; c < own; ++c) {
      if (to[c] < width) probability[to[c]] = predictions.probability[i * own + c];
    }
  }
  return out;
}

}  // namespace bottega

#include "audit/cost.h"

#include <algorithm>
#include <numeric>

#include "audit/cost_weighing.h"
#include "audit/groups.h"
#include "base/random.h"
#include "metric/paired_bootstrap.h"

namespace bottega {
namespace {

// Per row that counts, the mean over repeats of what treatment `t` made of it.
std::vector<double> MeansOf(const Weighing& weighing, const std::vector<size_t>& rows, size_t t,
                            bool loss) {
  std::vector<double> out(rows.size());
  const double repeats = static_cast<double>(weighing.results().size());
  for (const std::vector<RowScores>& repeat : weighing.results()) {
    const std::vector<float>& values = loss ? repeat[t].log_loss : repeat[t].score;
    for (size_t i = 0; i < rows.size(); ++i) out[i] += values[rows[i]] / repeats;
  }
  return out;
}

// Score and saved log loss of each treatment after the other, against everything as it is.
std::vector<Estimate> Differences(const Weighing& weighing, const std::vector<size_t>& rows,
                                  double level, uint64_t seed) {
  std::vector<int64_t> groups;
  for (const size_t row : rows) groups.push_back(weighing.group()[row]);
  PairedBootstrap bootstrap(groups);
  const std::vector<double> score = MeansOf(weighing, rows, 0, false);
  const std::vector<double> loss = MeansOf(weighing, rows, 0, true);
  for (size_t t = 0; t <= weighing.defects().size(); ++t) {
    std::vector<double> gain = MeansOf(weighing, rows, t + 1, false);
    std::vector<double> saved = MeansOf(weighing, rows, t + 1, true);
    for (size_t i = 0; i < rows.size(); ++i) {
      gain[i] -= score[i];
      saved[i] = loss[i] - saved[i];
    }
    bootstrap.Add(gain);
    bootstrap.Add(saved);
  }
  return bootstrap.Intervals(level, seed);
}

DefectCost CostOf(const Defect& defect) {
  return {.check = defect.check,
          .theme = defect.theme,
          .rows = static_cast<int64_t>(defect.rows.size()),
          .cells = static_cast<int64_t>(defect.cells.size())};
}

void Summarize(const Weighing& weighing, double level, uint64_t seed, AuditCost* cost) {
  std::vector<size_t> rows;
  for (size_t i = 0; i < weighing.scored().size(); ++i) {
    if (weighing.scored()[i]) rows.push_back(i);
  }
  cost->scored = static_cast<int64_t>(rows.size());
  if (rows.empty()) {
    cost->reason = "something was found in every row";
    return;
  }
  cost->scored_on = weighing.labels_alone() ? "labels without findings" : "rows without findings";
  const std::vector<double> score = MeansOf(weighing, rows, 0, false);
  cost->with = std::accumulate(score.begin(), score.end(), 0.0) / static_cast<double>(rows.size());
  for (const Defect& defect : weighing.defects()) cost->defects.push_back(CostOf(defect));
  cost->defects.push_back({.check = "all of them",
                           .rows = std::ranges::count(weighing.scored(), 0),
                           .cells = weighing.cells_in_all()});
  const std::vector<Estimate> differences = Differences(weighing, rows, level, seed);
  for (size_t t = 0; t < cost->defects.size(); ++t) {
    cost->defects[t].cost = differences[2 * t];
    cost->defects[t].log_loss = differences[2 * t + 1];
    cost->defects[t].without = cost->with + differences[2 * t].value;
  }
}

AuditCost Measure(const Dataset& data, const Json& section, const AuditResult& audit, int repeats) {
  AuditCost cost{
      .metric = IsClassTarget(data) ? "accuracy" : "r2", .repeats = repeats, .folds = kCostFolds};
  Weighing weighing(data, section, audit);
  cost.reason = weighing.Prepare();
  if (!cost.reason.empty()) return cost;
  cost.probe = weighing.probe_name();
  weighing.Run(repeats);
  Summarize(weighing, section.at("level").get<double>(), section.at("seed").get<uint64_t>(), &cost);
  return cost;
}

Json EstimateToJson(const Estimate& e) {
  return {{"value", e.value}, {"low", e.low}, {"high", e.high}};
}

}  // namespace

AuditCost MeasureCost(const Dataset& data, const Json& section, const AuditResult& audit,
                      int repeats) {
  const int64_t sample = section.at("sample").get<int64_t>();
  if (data.size() <= sample) return Measure(data, section, audit, repeats);
  std::vector<int64_t> positions =
      Permutation(data.size(), section.at("seed").get<uint64_t>(), Purpose::kSample, 5);
  positions.resize(static_cast<size_t>(sample));
  std::ranges::sort(positions);
  const Dataset part = TakeRows(data, positions);
  return Measure(part, section, audit, repeats);
}

Json CostToJson(const AuditCost& cost) {
  Json defects = Json::array();
  for (const DefectCost& d : cost.defects) {
    defects.push_back(
        {{"check", d.check},
         {"theme", d.theme.empty() ? Json() : Json(d.theme)},
         {"rows", d.rows},
         {"cells", d.cells},
         {"without", d.without},
         {"cost", EstimateToJson(d.cost)},
         {"log_loss", cost.metric == "accuracy" ? EstimateToJson(d.log_loss) : Json()}});
  }
  return {{"metric", cost.metric},
          {"probe", cost.probe},
          {"reason", cost.reason.empty() ? Json() : Json(cost.reason)},
          {"with", cost.with},
          {"scored", cost.scored},
          {"scored_on", cost.scored_on},
          {"repeats", cost.repeats},
          {"folds", cost.folds},
          {"defects", defects}};
}

}  // namespace bottega

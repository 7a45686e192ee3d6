#include "infer/baselines.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/clock.h"
#include "base/files.h"
#include "engine/capture.h"
#include "learn/xgboost_library.h"
#include "metric/metrics.h"
#include "metric/paired_metric.h"
#include "model/models_specs.h"
#include "train/table_data.h"
#include "train/table_model_folder.h"
#include "train/table_trainer.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

// Training rows that a kNN baseline looks through.
constexpr int64_t kMostKnnRows = 20'000;

// Quick rather than best: what is to be shown needs no tuning.
Json QuickSettings(const std::string& name) {
  Json settings = DefaultModel(name);
  if (name == "linear") settings["tolerance"] = 1e-4;
  if (name == "boosted_trees") {
    settings.update({{"rounds", 200}, {"learning_rate", 0.2}, {"patience", 10}});
  }
  return settings;
}

struct Baseline {
  std::string name, from;
  Json settings;
  std::unique_ptr<TableModel> model;
  int64_t rows = 0;
  double seconds = 0;
};

// A candidate of `model: auto` is there already.
Baseline TakeCandidate(const std::string& name, const fs::path& folder, int64_t rows) {
  LoadedTableModel loaded = LoadTableModelFrom(folder);
  return {name, "candidate", loaded.config.settings, std::move(loaded.model), rows};
}

Baseline Fit(const std::string& name, const TrainSetup& setup) {
  const double started = MonotonicSeconds();
  Baseline baseline{name, "fitted", QuickSettings(name)};
  const TableData data = MakeTableData(setup, name == "knn" ? kMostKnnRows : 0);
  const int threads = ChooseTable(setup).threads;
  baseline.model = FitTableModel(baseline.settings, data.View(setup.seed(), threads));
  baseline.rows = data.train.rows();
  baseline.seconds = MonotonicSeconds() - started;
  return baseline;
}

std::vector<Baseline> FitAll(const TrainSetup& setup, const std::string& own) {
  const Json wanted = setup.settings.value("baselines", Json());
  std::vector<std::string> names = {"majority", "linear", "knn", "boosted_trees"};
  if (wanted.is_array()) names = wanted.get<std::vector<std::string>>();
  std::vector<Baseline> all;
  for (const std::string& name : names) {
    if (name == own) continue;
    if (name == "boosted_trees" && wanted.is_null() && !XgboostMissing().empty()) continue;
    const fs::path candidate = setup.inputs->run / "candidates" / name / "model";
    const bool there = fs::exists(candidate / "model.safetensors");
    all.push_back(there ? TakeCandidate(name, candidate, static_cast<int64_t>(setup.train.size()))
                        : Fit(name, setup));
  }
  return all;
}

// `ours` with the answers of another model to the same rows.
Predictions Answers(const TableModel& model, const TrainSetup& setup, const Predictions& ours,
                    const std::vector<int64_t>& positions) {
  Predictions out = ours;
  Matrix outputs = model.Predict(TakeTableRows(*setup.features, positions));
  CorrectProbabilities(setup.config.logit_offset, &outputs);
  const FittedPlan& plan = *setup.inputs->plan;
  for (int64_t r = 0; r < outputs.rows; ++r) {
    const size_t at = static_cast<size_t>(r);
    const float* row = outputs.row(r);
    if (ours.task == Task::kRegression) {
      out.predicted_value[at] = row[0] * plan.target_scale + plan.target_mean;
    } else {
      std::copy_n(row, outputs.columns, out.probability.begin() + r * outputs.columns);
      out.predicted[at] = static_cast<int32_t>(std::max_element(row, row + outputs.columns) - row);
    }
  }
  return out;
}

Json GainJson(const PairedGain& gain) {
  return {{"value", gain.value}, {"low", gain.low}, {"high", gain.high}};
}

void ComparePart(const std::string& part, const TrainSetup& setup, const Predictions& all,
                 const std::string& metric, const std::vector<Baseline>& baselines, Json* list) {
  const int bins = setup.inputs->recipe.value("evaluate", Json::object()).value("bins", kBins);
  const Predictions ours = OfPart(all, part);
  if (ours.size() == 0) return;
  std::unordered_map<int64_t, int64_t> position;
  const std::vector<int64_t>& rows = setup.inputs->data->rows;
  for (size_t i = 0; i < rows.size(); ++i) position[rows[i]] = static_cast<int64_t>(i);
  std::vector<int64_t> positions;
  for (const int64_t row : ours.row) positions.push_back(position.at(row));
  std::vector<Predictions> others;
  for (const Baseline& b : baselines) {
    others.push_back(Answers(*b.model, setup, ours, positions));
  }
  const std::vector<PairedGain> gains = PairedGains(metric, ours, others, {}, bins);
  for (size_t i = 0; i < baselines.size(); ++i) {
    Json scores = Json::object();
    for (const auto& [name, value] : QuickMetrics(others[i], bins)) scores[name] = value;
    scores[metric] = gains[i].other;
    (*list)[i][part] = {{"scores", scores}, {"gain", GainJson(gains[i])}};
  }
}

// The baseline that was best on validation, and what the judged part says of it. Majority only
// counts where there is no other.
Json Worth(const Json& list, const std::string& metric, const std::string& judged) {
  const Json* best = nullptr;
  double least = INFINITY;
  for (const Json& entry : list) {
    const std::string part = entry.contains("validation") ? "validation" : judged;
    const Json& gain = entry.at(part).at("gain").at("value");
    const double value = gain.is_number() ? gain.get<double>() : NAN;
    const bool floor = entry.at("name") == "majority" && list.size() > 1;
    if (floor || !(value < least)) continue;
    least = value;
    best = &entry;
  }
  if (best == nullptr) return nullptr;
  const Json& gain = best->at(judged).at("gain");
  const double low = gain.at("low").get<double>(), high = gain.at("high").get<double>();
  return {{"part", judged},
          {"metric", metric},
          {"against", best->at("name")},
          {"gain", gain},
          {"verdict", low > 0    ? "better"
                      : high < 0 ? "worse"
                                 : "unclear"}};
}

}  // namespace

Json CompareWithBaselines(const TrainInputs& inputs, const Predictions& ours,
                          const std::string& metric) {
  const Json wanted = inputs.recipe.at("train").value("baselines", Json());
  if (!inputs.plan->picture_column.empty() || (wanted.is_array() && wanted.empty())) return nullptr;
  const bool test = std::ranges::count(ours.part, "test") > 0;
  if (!test && std::ranges::count(ours.part, "validation") == 0) return nullptr;
  return CatchTorch("fitting baselines", [&]() -> Json {
    const double started = MonotonicSeconds();
    const TrainSetup setup = MakeSetup(inputs);
    const Json config = ReadJson(inputs.run / "model" / "config.json");
    const std::string own = config.at("architecture").get<std::string>();
    const std::vector<Baseline> baselines = FitAll(setup, own);
    if (baselines.empty()) return nullptr;
    Json list = Json::array();
    for (const Baseline& b : baselines) {
      list.push_back({{"name", b.name},
                      {"from", b.from},
                      {"settings", b.settings},
                      {"rows", b.rows},
                      {"seconds", b.seconds}});
    }
    for (const char* part : {"validation", "test"}) {
      ComparePart(part, setup, ours, metric, baselines, &list);
    }
    return {{"format", 1},
            {"model", own},
            {"metric", metric},
            {"baselines", list},
            {"worth", Worth(list, metric, test ? "test" : "validation")},
            {"seconds", MonotonicSeconds() - started}};
  });
}

}  // namespace bottega

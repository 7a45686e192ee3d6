#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "clean/repairs.h"
#include "metric/predictions.h"
#include "report/report.h"
#include "report/score.h"
#include "report/worst.h"
#include "run/receipt.h"

namespace bottega {

namespace {

constexpr size_t kMostResiduals = 2000, kMostRepairExamples = 3;

std::string_view ActionName(RepairAction action) {
  if (action == RepairAction::kCell) return "cells";
  return action == RepairAction::kSetAside ? "set aside" : "columns";
}

// One entry a kind of repair: how much it changed, with examples.
Json RepairFacts(const RepairPlan& plan) {
  std::map<std::string, Json> by_name;
  std::vector<std::string> order;
  for (const Repair& repair : plan.repairs) {
    const std::string key = repair.repair + " " + std::string(ActionName(repair.action));
    Json& entry = by_name[key];
    if (entry.is_null()) {
      entry = {{"repair", repair.repair},
               {"action", ActionName(repair.action)},
               {"rows", 0},
               {"columns", Json::array()},
               {"examples", Json::array()}};
      order.push_back(key);
    }
    entry["rows"] = entry["rows"].get<int64_t>() + static_cast<int64_t>(repair.rows.size());
    Json& columns = entry["columns"];
    if (!repair.column.empty() &&
        std::find(columns.begin(), columns.end(), repair.column) == columns.end()) {
      columns.push_back(repair.column);
    }
    if (entry["examples"].size() < kMostRepairExamples) {
      entry["examples"].push_back({{"before", repair.before.value_or("")},
                                   {"after", repair.after.value_or("")},
                                   {"reason", repair.reason}});
    }
  }
  Json list = Json::array();
  for (const std::string& key : order) list.push_back(by_name[key]);
  return list;
}

// What the fitted steps would not take, from plan.json.
Json Refusals(const Json& plan) {
  Json refused = Json::array();
  for (const Json& step : Member(plan, "steps")) {
    for (const Json& refusal : Member(step, "refused")) refused.push_back(refusal);
  }
  return refused;
}

// The lines of log.jsonl for an event.
Json LinesOf(const RunFolder& run, const std::string& event) {
  Json lines = Json::array();
  for (const std::string& line : Split(ReadFile(run.File("log.jsonl")), '\n')) {
    if (Trim(line).empty()) continue;
    const Json record = ParseJson(line, run.File("log.jsonl").string());
    if (record.value("event", "") == event) lines.push_back(record);
  }
  return lines;
}

Json Residuals(const Predictions& p) {
  Json residuals = Json::array();
  const size_t n = static_cast<size_t>(p.size());
  const size_t step = std::max<size_t>(1, n / kMostResiduals);
  for (size_t i = 0; i < n; i += step) {
    const double error = p.predicted_value[i] - p.value[i];
    if (std::isfinite(error)) residuals.push_back(error);
  }
  return residuals;
}

void AddPredictions(const RunFolder& run, Json* facts) {
  const Predictions predictions = ReadPredictions(run.File("predictions.parquet"));
  const std::string part = JudgedPart((*facts)["metrics"]);
  (*facts)["worst"] = WorstFacts(predictions, part, (*facts)["recipe"], run.Project());
  if (predictions.task == Task::kRegression) {
    (*facts)["residuals"] = Residuals(OfPart(predictions, part));
  }
}

Json Gather(const RunFolder& run) {
  Json facts = {{"run", run.id()}};
  for (const char* name : {"manifest", "audit", "split", "plan", "metrics", "fairness", "choices",
                           "profile", "baselines", "candidates", "diagnosis"}) {
    const std::string file = std::string(name) + ".json";
    if (run.Has(file)) facts[name] = run.Read(file);
  }
  if (const auto stale = StaleState(run)) facts["stale"] = StaleText(*stale);
  if (facts.contains("manifest")) {
    facts["recipe"] = facts["manifest"].at("recipe");
    facts["manifest"].erase("recipe");
  }
  if (run.Has("model/config.json")) facts["model"] = run.Read("model/config.json");
  if (facts.contains("plan")) facts["refused"] = Refusals(facts["plan"]);
  if (facts.contains("plan")) facts["plan"].erase("steps");
  if (run.Has("repairs.json")) {
    facts["repairs"] = RepairFacts(ReadRepairs(run.File("repairs.json")));
  }
  if (run.Has("log.jsonl")) {
    facts["curve"] = LinesOf(run, "epoch");
    if (Json said = LinesOf(run, "verdict"); !said.empty()) facts["said"] = std::move(said);
  }
  const bool can_show =
      run.Has("predictions.parquet") && facts.contains("metrics") && facts.contains("recipe");
  if (can_show) AddPredictions(run, &facts);
  return facts;
}

}  // namespace

Json GatherFacts(const RunFolder& run) {
  try {
    return Gather(run);
  } catch (const Json::exception& error) {
    throw Error(ErrorKind::kData, std::string("a file of the run is damaged: ") + error.what(),
                {.file = run.path().string()}, "bottega run --from evaluate");
  }
}

}  // namespace bottega

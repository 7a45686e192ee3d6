#include <arrow/array/builder_binary.h>
#include <arrow/array/builder_primitive.h>
#include <arrow/table.h>
#include <arrow/type.h>

#include <numeric>

#include "base/error.h"
#include "base/text.h"
#include "cli/engine/engine_verbs.h"
#include "cli/engine/stages.h"
#include "cli/output.h"
#include "data/open.h"
#include "infer/infer_stage.h"
#include "metric/evaluate.h"

namespace bottega {

namespace {

// All rows as one part, "new", so that PredictParts and EvaluateAll serve here as well.
RowPlan OnePart(const Dataset& data) {
  RowPlan plan;
  plan.row = data.rows;
  plan.part.assign(data.rows.size(), Part::kTest);
  plan.fold.assign(data.rows.size(), -1);
  plan.group.assign(data.rows.size(), -1);
  return plan;
}

std::shared_ptr<arrow::Table> AnswerTable(const Predictions& answers) {
  const size_t n = answers.row.size(), width = answers.classes.size();
  arrow::FieldVector fields = {arrow::field("row", arrow::int64())};
  arrow::ArrayVector columns;
  const auto finish = [&](arrow::ArrayBuilder& builder) {
    columns.push_back(builder.Finish().ValueOrDie());
  };
  arrow::Int64Builder row;
  (void)row.AppendValues(answers.row);
  finish(row);
  if (answers.task == Task::kRegression) {
    fields.push_back(arrow::field("predicted", arrow::float64()));
    arrow::DoubleBuilder value;
    (void)value.AppendValues(answers.predicted_value);
    finish(value);
    return arrow::Table::Make(arrow::schema(fields), columns);
  }
  fields.push_back(arrow::field("predicted", arrow::utf8()));
  arrow::StringBuilder predicted;
  for (const int32_t c : answers.predicted)
    (void)predicted.Append(answers.classes[static_cast<size_t>(c)]);
  finish(predicted);
  for (size_t c = 0; c < width; ++c) {
    fields.push_back(arrow::field("p." + answers.classes[c], arrow::float32()));
    arrow::FloatBuilder probability;
    for (size_t i = 0; i < n; ++i) (void)probability.Append(answers.probability[i * width + c]);
    finish(probability);
  }
  return arrow::Table::Make(arrow::schema(fields), columns);
}

bool HasTruth(const Predictions& answers) {
  return std::ranges::any_of(answers.label, [](int32_t label) { return label >= 0; }) ||
         std::ranges::any_of(answers.value, [](double value) { return !std::isnan(value); });
}

// One line for each kind of thing that was noted while reading.
Json PrintIssues(const Invocation& call, const Dataset& data) {
  std::map<std::string, std::pair<int64_t, std::string>> kinds;
  for (const ReadIssue& issue : data.issues) {
    auto& [count, example] = kinds[issue.kind];
    if (count++ == 0)
      example = issue.place.empty() ? issue.message : issue.place.ToString() + ": " + issue.message;
  }
  Json findings = Json::array();
  for (const auto& [kind, seen] : kinds) {
    const std::string more =
        seen.first > 1 ? " (and " + FormatCount(seen.first - 1) + " more of " + kind + ")" : "";
    if (!call.json) *call.out << "finding: " << seen.second << more << "\n";
    findings.push_back({{"kind", kind}, {"count", seen.first}, {"example", seen.second}});
  }
  return findings;
}

}  // namespace

Json RunPredict(Invocation& call) {
  const RunFolder run = FindRun(".", call.Text("run"));
  const std::string out = call.Text("out");
  CheckOutput({.path = out,
               .endings = {".csv", ".parquet"},
               .inputs = {call.Text("input"), SourceOf(run)},
               .command = "bottega predict " + ShellQuote(call.Text("run")) + " " +
                          ShellQuote(call.Text("input")) + " -o "});
  const std::unique_ptr<Predictor> predictor = LoadPredictor(run.path());
  const FittedPlan plan = PlanFromJson(run.Read("plan.json"), run.File("plan.json").string());
  const Dataset data =
      OpenLike(call.Text("input"), predictor->columns(), predictor->classes(), plan.reading);
  const Json findings = PrintIssues(call, data);
  const Predictions answers = PredictParts(*predictor, data, OnePart(data), run.path());
  WriteTable(out, *AnswerTable(answers));
  Json result = {{"rows", answers.size()}, {"out", out}, {"findings", findings}};
  if (!call.json)
    *call.out << "wrote " << FormatCount(answers.size()) << " predictions to " << out << "\n";
  if (!HasTruth(answers)) return result;
  const Json recipe = run.Read("manifest.json").at("recipe");
  result["metrics"] = EvaluateAll(answers, recipe.at("evaluate")).at("test");
  if (call.json) return result;
  for (const auto& [name, metric] : result["metrics"].items()) {
    if (!metric.is_object() || !metric.contains("value") || metric["value"].is_null()) continue;
    *call.out << "  " << name << " " << FormatNumber(metric["value"].get<double>(), 4) << "\n";
  }
  return result;
}

}  // namespace bottega

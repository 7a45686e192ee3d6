#include <arrow/array/builder_binary.h>
#include <arrow/array/builder_primitive.h>
#include <arrow/table.h>
#include <arrow/type.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/error.h"
#include "base/text.h"
#include "clean/unseen.h"
#include "cli/engine/engine_verbs.h"
#include "cli/engine/stages.h"
#include "cli/output.h"
#include "cli/stale_note.h"
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

// By record number; empty for a table.
using PictureCells = std::unordered_map<int64_t, std::string>;

PictureCells PicturesOf(const FittedPlan& plan, const Dataset& data) {
  PictureCells pictures;
  if (plan.picture_column.empty()) return pictures;
  const auto cells = TextsOf(data, data.Find(plan.picture_column));
  for (size_t i = 0; i < cells.size(); ++i) pictures[data.rows[i]] = cells[i].value_or("");
  return pictures;
}

std::shared_ptr<arrow::Table> AnswerTable(const Predictions& answers,
                                          const PictureCells& pictures) {
  const size_t n = answers.row.size(), width = answers.classes.size();
  arrow::FieldVector fields = {arrow::field("row", arrow::int64())};
  arrow::ArrayVector columns;
  const auto finish = [&](arrow::ArrayBuilder& builder) {
    columns.push_back(builder.Finish().ValueOrDie());
  };
  arrow::Int64Builder row;
  (void)row.AppendValues(answers.row);
  finish(row);
  if (!pictures.empty()) {
    fields.push_back(arrow::field("picture", arrow::utf8()));
    arrow::StringBuilder picture;
    for (const int64_t r : answers.row) (void)picture.Append(pictures.at(r));
    finish(picture);
  }
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

class Findings {
 public:
  explicit Findings(const Invocation& call) : call_(call) {}

  // One for each kind of thing that was noted while reading.
  void AddIssues(const Dataset& data);
  // One for each column.
  void AddUnseen(const std::vector<UnseenValues>& unseen, const std::string& file);
  // One for all pictures that could not be decoded.
  void AddFailed(const std::map<int64_t, std::string>& failed, const Dataset& data,
                 const PictureCells& pictures);
  const Json& json() const { return json_; }

 private:
  void Add(const std::string& kind, int64_t count, const Place& place, const std::string& message,
           const std::string& more);

  const Invocation& call_;
  Json json_ = Json::array();
};

void Findings::Add(const std::string& kind, int64_t count, const Place& place,
                   const std::string& message, const std::string& more) {
  const std::string example = place.empty() ? message : place.ToString() + ": " + message;
  if (!call_.json) *call_.out << "finding: " << example << more << "\n";
  json_.push_back({{"kind", kind}, {"count", count}, {"example", example}});
}

void Findings::AddIssues(const Dataset& data) {
  std::map<std::string, std::pair<int64_t, const ReadIssue*>> kinds;
  for (const ReadIssue& issue : data.issues) {
    auto& [count, example] = kinds[issue.kind];
    if (count++ == 0) example = &issue;
  }
  for (const auto& [kind, seen] : kinds) {
    const auto& [count, example] = seen;
    const std::string more =
        count > 1 ? " (and " + FormatCount(count - 1) + " more of " + kind + ")" : "";
    Add(kind, count, example->place, example->message, more);
  }
}

void Findings::AddUnseen(const std::vector<UnseenValues>& unseen, const std::string& file) {
  constexpr size_t kExamples = 3;
  for (const UnseenValues& column : unseen) {
    std::vector<std::string> names;
    for (size_t i = 0; i < std::min(column.values.size(), kExamples); ++i) {
      names.push_back("'" + Shorten(column.values[i], 40) + "'");
    }
    const size_t more = column.values.size() - names.size();
    Add("unseen_category", column.rows, {.file = file, .column = column.column},
        FormatCount(column.rows) + (column.rows == 1 ? " row holds" : " rows hold") +
            " a value that training never saw: " + Join(names, ", ") +
            (more > 0 ? " and " + FormatCount(static_cast<int64_t>(more)) +
                            (more > 1 ? " others" : " other")
                      : "") +
            "; the model takes it for a rare one",
        "");
    json_.back()["column"] = column.column;
    json_.back()["values"] = column.values.size();
  }
}

void Findings::AddFailed(const std::map<int64_t, std::string>& failed, const Dataset& data,
                         const PictureCells& pictures) {
  if (failed.empty()) return;
  const auto count = static_cast<int64_t>(failed.size());
  const auto& [row, why] = *failed.begin();
  Add("undecodable_picture", count, {.file = (data.root / pictures.at(row)).string(), .row = row},
      "the picture is left out: " + why,
      count > 1 ? " (and " + FormatCount(count - 1) + " more of undecodable_picture)" : "");
}

}  // namespace

Json RunPredict(Invocation& call) {
  const RunFolder run = FindRun(".", call.Text("run"));
  RequireModel(run);
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
  const PictureCells pictures = PicturesOf(plan, data);
  Findings findings(call);
  findings.AddIssues(data);
  findings.AddUnseen(FindUnseen(plan, data), call.Text("input"));
  std::map<int64_t, std::string> failed;
  const Predictions answers = PredictParts(*predictor, data, OnePart(data), run.path(), &failed);
  findings.AddFailed(failed, data, pictures);
  WriteTable(out, *AnswerTable(answers, pictures));
  Json result = {{"rows", answers.size()}, {"out", out}, {"findings", findings.json()}};
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

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/hash.h"
#include "base/progress.h"
#include "base/text.h"
#include "clean/plan.h"
#include "cli/engine/engine_verbs.h"
#include "cli/verbs/verbs.h"
#include "data/open.h"
#include "infer/infer_stage.h"
#include "run/run_folder.h"
#include "split/row_plan.h"

namespace bottega {

namespace {

// A model may know by heart the labels that it learned, wrong ones too.
void SayWhatItLearned(const RunFolder& run, Project& project) {
  if (run.Read("manifest.json")["inputs"]["sha256"] != project.HashSource().sha256) return;
  const RowPlan split = ReadRowPlan(run.File("split.parquet"));
  const int64_t learned = std::ranges::count(split.part, Part::kTrain);
  Note("note: run " + run.id() + " learned from " + FormatCount(learned) +
       " of these rows: where it knows a wrong label by heart, this will not show");
}

// The rows of the project's source, read as the model wants them, beside those of `data`.
Embedding Embed(const RunFolder& run, Predictor& predictor, const Project& project,
                const Dataset& data) {
  const FittedPlan plan = PlanFromJson(run.Read("plan.json"), run.File("plan.json").string());
  const Dataset rows = OpenLike(SourcePath(project.recipe()["data"], project.folder()),
                                predictor.columns(), predictor.classes(), plan.reading);
  const Scores scores = predictor.Embed(rows);
  std::unordered_map<int64_t, int64_t> position;
  for (size_t i = 0; i < data.rows.size(); ++i) position[data.rows[i]] = static_cast<int64_t>(i);
  Embedding out{.of_row = Matrix(data.size(), scores.width, std::nanf("")),
                .by = "run " + run.id()};
  for (int64_t i = 0; i < scores.rows; ++i) {
    const int64_t row = rows.rows[static_cast<size_t>(i)];
    const auto at = position.find(row);
    if (at == position.end() || scores.failed.contains(row)) continue;
    std::copy_n(scores.values.begin() + i * scores.width, scores.width, out.of_row.row(at->second));
  }
  return out;
}

}  // namespace

Json RunAuditWithModel(Invocation& call) {
  if (call.Text("model").empty()) return RunAuditVerb(call);
  const RunFolder run = FindRun(".", call.Text("model"));
  const std::shared_ptr<Predictor> predictor = LoadPredictor(run.path());
  return RunAuditWith(call,
                      Embedder{.sha256 = Sha256OfFile(run.File("model/model.safetensors")),
                               .embed = [run, predictor](Project& project, const Dataset& data) {
                                 SayWhatItLearned(run, project);
                                 return Embed(run, *predictor, project, data);
                               }});
}

}  // namespace bottega

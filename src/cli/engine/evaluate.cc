#include "base/files.h"
#include "cli/engine/engine_verbs.h"
#include "cli/engine/stages.h"
#include "cli/mlflow_url.h"
#include "cli/stale_note.h"
#include "run/manifest.h"
#include "run/mlflow/live_push.h"

namespace bottega {

namespace {

// The run's recipe says how its metrics were computed.
void StoreRecipe(const RunFolder& run, const Recipe& recipe) {
  const FolderLock lock = run.Lock();
  WriteFileAtomic(run.File("recipe.resolved.yaml"), ResolvedYaml(recipe));
  Json manifest = run.Read("manifest.json");
  manifest["recipe"] = recipe.value;
  manifest["origin"] = recipe.origin;
  run.Write("manifest.json", manifest);
  SealOutputs(run, {"recipe.resolved.yaml"});
}

}  // namespace

Json RunEvaluate(Invocation& call) {
  const RunFolder run = FindRun(".", call.Text("run"));
  RequireModel(run);
  const std::string mlflow = MlflowUrl(call);
  RunData data = LoadRunData(run);
  if (!call.sets.empty()) OverrideEvaluation(&data.recipe, call.sets);
  const Json metrics = EvaluateRun(run, data);
  if (!call.sets.empty()) StoreRecipe(run, data.recipe);
  const std::string summary = FinishRun(run);
  if (!mlflow.empty()) PushFinished(run, mlflow);
  if (!call.json) {
    *call.out << summary << "report: " << run.File("report.html").string() << "\n";
  }
  return {{"run", run.id()}, {"metrics", metrics}};
}

}  // namespace bottega

#include <filesystem>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/progress.h"
#include "base/text.h"
#include "cli/engine/engine_verbs.h"
#include "cli/engine/limits.h"
#include "cli/engine/stages.h"
#include "cli/mlflow_url.h"
#include "data/infer/roles.h"
#include "data/open.h"
#include "run/mlflow/live_push.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

bool IsRecipe(const std::string& path) { return path.ends_with(".yaml") || path.ends_with(".yml"); }

// The recipe to run: the one named, the one here, or a new one for the data named.
std::string RecipeFor(Invocation& call) {
  const std::string source = call.Text("source");
  if (source.empty()) return kRecipeName;
  if (IsRecipe(source)) return source;
  std::error_code ignored;
  if (fs::exists(kRecipeName, ignored)) {
    const Recipe here = LoadRecipe(kRecipeName, {});
    const std::string known = here["data"]["source"].get<std::string>();
    if (fs::equivalent(known, source, ignored)) return kRecipeName;
    if (!fs::exists(source, ignored)) InferDataset(source, "");  // says that it is missing
    throw Error(ErrorKind::kUsage, "the recipe here is for other data: " + known,
                {.file = kRecipeName}, "bottega init " + ShellQuote(source) + " --force");
  }
  const Json given = DataSettings(source, call.sets);
  const Inference inference = InferDataset(source, call.Text("target"), given);
  RequireTwoClasses(inference);
  WriteFileAtomic(kRecipeName, InitialRecipe(inference, source, given));
  Note("wrote " + std::string(kRecipeName));
  for (const std::string& remark : inference.remarks) Note("  " + remark);
  return kRecipeName;
}

// A recipe that is there is not changed: --target may only repeat what it says.
void RequireTarget(Project& project, Invocation& call) {
  const std::string wanted = call.Text("target");
  if (wanted.empty()) return;
  const Dataset& data = project.data();
  const std::string source = project.recipe()["data"]["source"].get<std::string>();
  const int index = FindTarget(data.columns, wanted, source);
  const Column& column = data.columns[static_cast<size_t>(index)];
  if (column.role == Role::kTarget) return;
  const Column* target = data.TargetColumn();
  throw Error(
      ErrorKind::kUsage, "the recipe here has another target: " + (target ? target->name : "none"),
      {.file = kRecipeName},
      "bottega init " + ShellQuote(source) + " --target " + ShellQuote(column.name) + " --force");
}

// A run goes on with its own data and recipe: what else is said would be ignored in silence.
void RequireNothingElse(const Invocation& call) {
  if (!call.Text("max_rss").empty() || !call.Text("micro").empty()) {
    throw Error(
        ErrorKind::kUsage,
        "--from " + call.Text("from") + " does not train: --max-rss and --micro are for that", {},
        "bottega run --from " + call.Text("from"));
  }
  if (call.Text("source").empty() && call.Text("target").empty() && call.sets.empty()) return;
  throw Error(ErrorKind::kUsage,
              "--from " + call.Text("from") +
                  " goes on with the newest run: it takes no data, no --target and no --set",
              {}, "bottega run --from " + call.Text("from"));
}

}  // namespace

Json RunRun(Invocation& call) {
  const std::string from = call.Text("from"), mlflow = MlflowUrl(call);
  std::optional<double> deadline;  // of all stages together
  if (const Limits limits = LimitsOf(call); limits.seconds) {
    deadline = MonotonicSeconds() + *limits.seconds;
  }
  std::optional<RunFolder> run;
  if (from == "evaluate" || from == "report") {
    RequireNothingElse(call);
    run = FindRun(".", "latest");
  } else {
    AddLimits(&call);
    const fs::path path = RecipeFor(call);
    Project project(path.has_parent_path() ? path.parent_path() : fs::path("."),
                    LoadRecipe(path, call.sets));
    project.StreamIfLarge();
    RequireTarget(project, call);
    RequireTrainable(project, "run");
    run = StartJourney(project, call.typed, from);
  }
  std::optional<LivePush> push;
  if (!mlflow.empty()) push.emplace(*run, mlflow);
  const std::string summary = FinishJourney(*run, from, deadline);
  if (push) push->Finish();
  if (!call.json) {
    *call.out << summary << "report: " << run->File("report.html").string() << "\n";
    call.out->flush();
  }
  try {
    EnforceGates(*run, run->Read("manifest.json").at("recipe"));
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kGate) throw;
    call.failure = error;
  }
  return {{"run", run->id()},
          {"metrics", run->Read("metrics.json")},
          {"report", run->File("report.html").string()}};
}

}  // namespace bottega

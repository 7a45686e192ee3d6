#include "base/error.h"
#include "base/progress.h"
#include "base/text.h"
#include "cli/engine/engine_verbs.h"
#include "cli/engine/stages.h"
#include "cli/mlflow_url.h"
#include "cli/print_candidates.h"
#include "cli/recipe_fit.h"
#include "engine/device_check.h"
#include "run/mlflow/live_push.h"

namespace bottega {

namespace {

// The run that `--resume` means; nothing if a new one is to be made.
std::optional<RunFolder> RunToResume(const Invocation& call) {
  if (!call.Text("run").empty()) return FindRun(".", call.Text("run"));
  for (const RunFolder& run : ListRuns(".")) {
    if (!run.Trained()) return run;
  }
  return std::nullopt;
}

// What was tried and what was kept, or how long it took.
void PrintOutcome(const TrainOutcome& outcome, std::ostream& out) {
  if (outcome.candidates.is_object()) {
    PrintCandidates(outcome.candidates, out);
    return;
  }
  const bool one = outcome.epochs == 1 && outcome.unit != "epoch";
  out << "trained " << outcome.epochs << " " << outcome.unit << (one ? "" : "s") << " in "
      << FormatDuration(outcome.seconds);
  if (!one) out << "; the best was " << outcome.unit << " " << outcome.best_epoch;
  out << " (" << outcome.stopped << ")\n";
}

std::string SetWords(const std::vector<std::string>& sets) {
  std::string words;
  for (const std::string& set : sets) words += " --set " + ShellQuote(set);
  return words;
}

}  // namespace

Json RunTrain(Invocation& call) {
  if (!call.Text("run").empty() && !call.Flag("resume")) {
    throw Error(ErrorKind::kUsage, "a run is named, but not to be resumed", {},
                "bottega train --resume " + ShellQuote(call.Text("run")));
  }
  const std::string mlflow = MlflowUrl(call);
  std::optional<RunFolder> run;
  if (call.Flag("resume")) run = RunToResume(call);
  if (run && !call.sets.empty()) {
    throw Error(ErrorKind::kUsage, "a run is resumed with the recipe it was started with", {},
                "`bottega train" + SetWords(call.sets) + "` makes a new run");
  }
  if (run && !call.Text("choices").empty()) {
    throw Error(
        ErrorKind::kUsage, "a run is resumed with the choices it was started with", {},
        "`bottega train --choices " + ShellQuote(call.Text("choices")) + "` makes a new run");
  }
  if (!run) {
    Project project = Project::Open(call.sets);
    RequireFit(project.recipe(), project.data());
    RequireDevice(project.recipe()["train"]["device"].get<std::string>());
    run = PrepareRun(project, call.typed, call.Text("choices"));
  }
  Note("run " + run->id());
  const RunData data = LoadRunData(*run);
  std::optional<LivePush> push;
  if (!mlflow.empty()) push.emplace(*run, mlflow);
  const TrainOutcome outcome = TrainRun(*run, data);
  if (push) push->Finish();
  if (!call.json) {
    PrintOutcome(outcome, *call.out);
    *call.out << "model: " << run->File("model").string() << "\n"
              << "next: bottega evaluate " << run->id() << "\n";
  }
  Json result = {
      {"run", run->id()},      {"epochs", outcome.epochs},   {"best_epoch", outcome.best_epoch},
      {"unit", outcome.unit},  {"stopped", outcome.stopped}, {"seconds", outcome.seconds},
      {"curve", outcome.curve}};
  if (outcome.candidates.is_object()) result["candidates"] = outcome.candidates;
  return result;
}

}  // namespace bottega

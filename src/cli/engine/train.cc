#include "base/error.h"
#include "base/progress.h"
#include "base/text.h"
#include "cli/engine/engine_verbs.h"
#include "cli/engine/fit_project.h"
#include "cli/engine/stages.h"
#include "cli/recipe_fit.h"
#include "engine/device_check.h"

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

}  // namespace

Json RunTrain(Invocation& call) {
  if (!call.Text("run").empty() && !call.Flag("resume")) {
    throw Error(ErrorKind::kUsage, "a run is named, but not to be resumed", {},
                "bottega train --resume " + ShellQuote(call.Text("run")));
  }
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
  const TrainOutcome outcome = TrainRun(*run, data);
  if (!call.json) {
    *call.out << "trained " << outcome.epochs << " epochs in " << FormatDuration(outcome.seconds)
              << "; the best was epoch " << outcome.best_epoch << " (" << outcome.stopped << ")\n"
              << "model: " << run->File("model").string() << "\n"
              << "next: bottega evaluate " << run->id() << "\n";
  }
  return {{"run", run->id()},
          {"epochs", outcome.epochs},
          {"best_epoch", outcome.best_epoch},
          {"stopped", outcome.stopped},
          {"seconds", outcome.seconds},
          {"curve", outcome.curve}};
}

}  // namespace bottega

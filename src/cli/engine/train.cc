#include "base/error.h"
#include "base/progress.h"
#include "base/text.h"
#include "cli/engine/engine_verbs.h"
#include "cli/engine/extend_run.h"
#include "cli/engine/fit_project.h"
#include "cli/engine/limits.h"
#include "cli/engine/stages.h"
#include "cli/engine/stream_run.h"
#include "cli/mlflow_url.h"
#include "cli/print_candidates.h"
#include "run/mlflow/live_push.h"
#include "run/sub_run.h"

namespace bottega {

namespace {

// The run that `--resume` means; nothing if a new one is to be made. A search or an ablation that
// did not end is its own verb's to continue.
std::optional<RunFolder> RunToResume(const Invocation& call) {
  const auto other = [](const RunFolder& run) {
    return run.Trained() ? std::nullopt : KindOf(run.Read("manifest.json"));
  };
  if (!call.Text("run").empty()) {
    const RunFolder run = FindRun(".", call.Text("run"));
    const std::optional<SubRunKind> kind = other(run);
    if (!kind) return run;
    throw Error(ErrorKind::kUsage,
                "run " + run.id() + " is one of `bottega " + kind->verb + "`, not ended yet", {},
                std::string("bottega ") + kind->verb + " --resume " + run.id());
  }
  for (const RunFolder& run : ListRuns(".")) {
    if (ContinuingVerb(run.Read("manifest.json")) == "train") return run;
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

// --cv 5 is --set split.folds=5, so that the run's recipe says it.
void TakeShortcuts(Invocation* call) {
  const std::pair<const char*, const char*> shortcuts[] = {
      {"cv", "split.folds"}, {"repeats", "split.repeats"}, {"seeds", "train.seeds"}};
  for (const auto& [flag, path] : shortcuts) {
    if (call->args.at(flag).is_null()) continue;
    call->sets.push_back(std::string(path) + "=" + call->args.at(flag).dump());
  }
}

// "+10" -> 10; 0 when the flag is not given.
int64_t Raise(const Invocation& call, const std::string& flag) {
  const std::string text = call.Text(flag);
  if (text.empty()) return 0;
  const std::optional<int64_t> by = ParseInteger(text.starts_with("+") ? text.substr(1) : text);
  constexpr int64_t kMost = 100'000;
  if (by && *by > 0 && *by <= kMost) return *by;
  throw Error(ErrorKind::kUsage, "--" + flag + " says how many more, not '" + text + "'", {},
              call.Text("run").empty() ? "bottega runs"
                                       : "bottega train --resume " + ShellQuote(call.Text("run")) +
                                             " --" + flag + " +10");
}

void Extend(const Invocation& call) {
  const int64_t patience = Raise(call, "patience"), epochs = Raise(call, "epochs");
  if (patience == 0 && epochs == 0) return;
  if (call.Text("run").empty()) {
    throw Error(ErrorKind::kUsage, "--patience and --epochs continue a run that is named", {},
                "bottega runs");
  }
  ExtendRun(FindRun(".", call.Text("run")), patience, epochs);
}

// The run that --against names, checked before any training.
std::string AgainstId(const Invocation& call, Project& project) {
  if (call.Text("against").empty()) return "";
  if (project.recipe()["train"]["seeds"] == 1) {
    throw Error(ErrorKind::kUsage, "--against compares several seeds with a run", {},
                "bottega train --seeds 5 --against " + ShellQuote(call.Text("against")));
  }
  const RunFolder run = FindRun(".", call.Text("against"));
  if (!run.Has("metrics.json")) {
    throw Error(ErrorKind::kUsage, "run " + run.id() + " is not evaluated", {},
                "bottega evaluate " + run.id());
  }
  if (run.Read("manifest.json")["inputs"]["sha256"] != project.digest().sha256) {
    throw Error(ErrorKind::kUsage, "run " + run.id() + " was made from other data", {},
                "bottega runs");
  }
  return run.id();
}

// What was trained beside the model, in a line.
std::string SidesLine(const Json& manifest) {
  int64_t folds = 0, seeds = 0;
  for (const Json& one : manifest.value("trainings", Json::array())) {
    (one["folder"].get<std::string>().starts_with("folds/") ? folds : seeds) += 1;
  }
  std::vector<std::string> words;
  if (folds > 0) words.push_back(std::to_string(folds) + " folds");
  if (seeds > 0)
    words.push_back(std::to_string(seeds) + (seeds > 1 ? " more seeds" : " more seed"));
  return words.empty() ? "" : "beside it: " + Join(words, " and ") + "\n";
}

// Prints what is found when the step that broke a run is computed again.
Json RunReplay(Invocation& call) {
  bool alone = call.sets.empty();
  for (const auto& [name, value] : call.args.items()) {
    alone &= name == "replay" || value.is_null() || value == false || value == "";
  }
  if (!alone) {
    throw Error(ErrorKind::kUsage, "--replay computes a step as it was: it takes nothing else", {},
                "bottega train --replay " + ShellQuote(call.Text("replay")));
  }
  const RunFolder run = FindRun(".", call.Text("replay"));
  const RunData data = LoadRunData(run);
  TrainInputs inputs = InputsOf(run, data);
  inputs.rows = StreamedRows(run, data);
  const Json report = ReplayStep(inputs);
  if (!call.json) {
    *call.out << "epoch " << report.at("epoch") << ", step " << report.at("step") << ", "
              << report.at("batch_rows").size() << " rows: " << report.at("text").get<std::string>()
              << "\n"
              << (report.at("same").get<bool>() ? "the same as when the run ended\n"
                                                : "not the same as when the run ended\n");
  }
  return report;
}

}  // namespace

Json RunTrain(Invocation& call) {
  if (!call.Text("replay").empty()) return RunReplay(call);
  TakeShortcuts(&call);
  if (!call.Text("run").empty() && !call.Flag("resume")) {
    throw Error(ErrorKind::kUsage, "a run is named, but not to be resumed", {},
                "bottega train --resume " + ShellQuote(call.Text("run")));
  }
  const std::string mlflow = MlflowUrl(call);
  std::optional<RunFolder> run;
  if (call.Flag("resume")) run = RunToResume(call);
  Extend(call);
  if (run && !call.sets.empty()) {
    throw Error(ErrorKind::kUsage, "a run is resumed with the recipe it was started with", {},
                "`bottega train" + SetWords(call.sets) + "` makes a new run");
  }
  if (run && !call.Text("choices").empty()) {
    throw Error(
        ErrorKind::kUsage, "a run is resumed with the choices it was started with", {},
        "`bottega train --choices " + ShellQuote(call.Text("choices")) + "` makes a new run");
  }
  if (run && !call.Text("micro").empty()) {
    throw Error(ErrorKind::kUsage, "a run is resumed with the micro-batches it was started with",
                {},
                "`bottega train --micro " + ShellQuote(call.Text("micro")) + "` makes a new run");
  }
  const Limits limits = LimitsOf(call);
  if (!run) {
    AddLimits(&call);
    Project project = Project::Open(call.sets);
    RequireTrainable(project, "train");
    NewRun wanted = {.choices = call.Text("choices")};
    if (const std::string against = AgainstId(call, project); !against.empty()) {
      wanted.manifest["against"] = against;
    }
    run = PrepareRun(project, call.typed, wanted);
  }
  Note("run " + run->id());
  const RunData data = LoadRunData(*run);
  const int jobs = call.args.at("jobs").is_null() ? 0 : call.args.at("jobs").get<int>();
  std::optional<LivePush> push;
  if (!mlflow.empty()) push.emplace(*run, mlflow);
  const TrainOutcome outcome = TrainRun(*run, data, jobs, limits);
  if (push) push->Finish();
  const Json manifest = run->Read("manifest.json");
  if (!call.json) {
    PrintOutcome(outcome, *call.out);
    *call.out << SidesLine(manifest) << "model: " << run->File("model").string() << "\n"
              << "next: bottega evaluate " << run->id() << "\n";
  }
  Json result = {{"run", run->id()},
                 {"epochs", outcome.epochs},
                 {"best_epoch", outcome.best_epoch},
                 {"unit", outcome.unit},
                 {"stopped", outcome.stopped},
                 {"seconds", outcome.seconds},
                 {"trainings", manifest.value("trainings", Json::array())},
                 {"curve", outcome.curve}};
  if (outcome.candidates.is_object()) result["candidates"] = outcome.candidates;
  return result;
}

}  // namespace bottega

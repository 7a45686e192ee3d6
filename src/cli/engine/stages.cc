#include "cli/engine/stages.h"

#include <algorithm>

#include "audit/result_json.h"
#include "audit/run_audit.h"
#include "audit/upkeep/overdue_audit.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/progress.h"
#include "base/text.h"
#include "cli/audit_memory.h"
#include "cli/engine/extend_run.h"
#include "cli/engine/fit_project.h"
#include "cli/engine/search_run.h"
#include "cli/engine/side_runs.h"
#include "cli/engine/stream_run.h"
#include "cli/recipe_fit.h"
#include "cli/sample_weights.h"
#include "cli/split_remarks.h"
#include "cli/streamable.h"
#include "data/open.h"
#include "engine/device_check.h"
#include "engine/libtorch_version.h"
#include "infer/baselines.h"
#include "infer/infer_stage.h"
#include "learn/xgboost_library.h"
#include "metric/condition.h"
#include "metric/evaluate.h"
#include "metric/fairness/fairness.h"
#include "profile/large_source.h"
#include "profile/statistics.h"
#include "report/report.h"
#include "report/score.h"
#include "run/manifest.h"
#include "train/choices.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

// What `section` became, key by key, once the data were known.
void RecordChosen(const std::string& section, const Json& chosen, Recipe* recipe) {
  for (const auto& [name, value] : chosen.items()) {
    Json& known = recipe->value[section][name];
    if (known == value) continue;
    known = value;
    recipe->origin[section + "." + name] = "chosen for the data";
  }
}

bool BoostsTrees(const TrainOutcome& outcome) {
  const auto& names = outcome.model.find("candidates");
  const Json trees = "boosted_trees";
  if (names == outcome.model.end()) return outcome.model.at("name") == trees;
  return std::ranges::count(*names, trees) > 0;
}

Json EndOf(const TrainOutcome& outcome) {
  return {{"epochs", outcome.epochs},
          {"best_epoch", outcome.best_epoch},
          {"unit", outcome.unit},
          {"stopped", outcome.stopped},
          {"seconds", outcome.seconds}};
}

// `auto` and null become what they were resolved to, in the manifest and in recipe.resolved.yaml.
// The manifest comes last: with it the run is trained. `outcomes`: the run's own, then its sides'.
void RecordTraining(const RunFolder& run, Recipe recipe, const std::vector<SideRun>& sides,
                    const std::vector<TrainOutcome>& outcomes) {
  const TrainOutcome& outcome = outcomes.front();
  RecordChosen("model", outcome.model, &recipe);
  RecordChosen("train", outcome.settings, &recipe);
  WriteFileAtomic(run.File("recipe.resolved.yaml"), ResolvedYaml(recipe));
  Json manifest = run.Read("manifest.json");
  manifest["recipe"] = recipe.value;
  manifest["origin"] = recipe.origin;
  manifest["trained"] = EndOf(outcome);
  if (BoostsTrees(outcome)) manifest["xgboost"] = XgboostVersion();
  if (outcome.candidates.is_object()) manifest["trained"]["kept"] = outcome.candidates.at("kept");
  for (size_t i = 0; i < sides.size(); ++i) {
    Json end = EndOf(outcomes[i + 1]);
    end["folder"] = sides[i].folder;
    manifest["trainings"].push_back(std::move(end));
  }
  SealManifest(run, manifest);
}

// What `use.sample` holds, read as further rows of the data's kind; null without one.
Json SampleFacts(Project& project) {
  const Json& sample = project.recipe()["use"]["sample"];
  if (!sample.is_string()) return nullptr;
  const Dataset& data = project.data();
  const int target = data.RoleIndex(Role::kTarget);
  const Dataset rows = OpenLike(
      project.folder() / sample.get<std::string>(), data.columns,
      target < 0 ? std::vector<std::string>() : CodesOf(data, target).values, data.reading);
  return {{"file", sample},
          {"rows", rows.size()},
          {"fits", rows.issues.empty() ? "its columns are those of the data"
                                       : rows.issues.front().message}};
}

// audit.json, if the data were audited: with the split that they were not yet dealt into then, and
// that an audit was due, if it was.
void WriteAudit(Project& project, const RunFolder& run, const DueTraining& training) {
  const fs::path audited = project.StageFolder("audit") / "audit.json";
  std::error_code ignored;
  if (!fs::exists(audited, ignored)) return;
  AuditResult audit = AuditFromJson(ReadJson(audited), audited.string());
  AddSplitChecks(project.repaired(), project.recipe()["audit"],
                 {.split = &project.split().plan, .memory = &project.memory()}, &audit);
  if (training.severity) {
    const fs::path source = project.recipe()["data"]["source"].get<std::string>();
    AddOverdue(training.due, *training.severity, source.filename().string(), &audit);
  }
  run.Write("audit.json", AuditToJson(audit));
}

// The `cv` section of metrics.json: scores, and what each fold's training came to.
Json CrossValidationFacts(const RunFolder& run, const RunData& data,
                          const std::vector<FoldResult>& folds) {
  const Json& section = data.recipe["evaluate"];
  Json cv = CrossValidationScores(folds, section.at("level"), section.at("bins"));
  cv["folds"] = data.recipe["split"]["folds"];
  cv["repeats"] = data.recipe["split"]["repeats"];
  const Json trainings = run.Read("manifest.json").value("trainings", Json::array());
  cv["each"] = Json::array();
  for (size_t i = 0; i < folds.size(); ++i) {
    Json one = i < trainings.size() ? trainings[i] : Json::object();
    one["repeat"] = folds[i].repeat;
    one["fold"] = folds[i].fold;
    one["learned"] = folds[i].learned;
    one["rows"] = folds[i].predictions.size();
    cv["each"].push_back(std::move(one));
  }
  return cv;
}

// The score of the run that `train --against` named, on the part that conclusions are drawn from.
std::optional<AgainstRun> Against(const RunFolder& run, const Json& metrics) {
  const Json manifest = run.Read("manifest.json");
  if (!manifest.contains("against")) return std::nullopt;
  const std::string id = manifest["against"], primary = metrics["primary"];
  const std::string part = JudgedPart(metrics);
  const fs::path file = run.path().parent_path() / id / "metrics.json";
  std::error_code ignored;
  const Json other = fs::exists(file, ignored) ? ReadJson(file) : Json();
  const Score score = ScoreAt(Member(other, part), primary);
  if (score.known()) return AgainstRun{id, score.value};
  Note("note: run " + id + " has no " + part + "." + primary + " to compare with");
  return std::nullopt;
}

// Runs `work`; when it cannot write, says how to go on once that is mended.
template <class Work>
auto ContinuedBy(const std::string& command, const Work& work) {
  try {
    return work();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kIo) throw;
    const std::string hint = error.hint().empty() ? "mend that" : error.hint();
    throw Error(ErrorKind::kIo, error.message(), error.place(), hint + "; then `" + command + "`");
  }
}

// As many rows as a run that streams drew when it was made: the memory that bounds a sample, and
// what is made of it, change.
Dataset DrawnAgain(const fs::path& source, const Recipe& recipe, const Json& stream) {
  const Json& audit = recipe["audit"];
  const auto all = audit["large_sample"].get<int64_t>();
  const SampleSize size{.rows = stream.value("drawn", all)};
  const Json& section = recipe["data"];
  return OpenSample(SampleTable(source, section, size, audit["seed"].get<uint64_t>()), section,
                    source);
}

// Before a stage that needs no training: `command` begins it.
void RequireTime(std::optional<double> deadline, const std::string& command) {
  if (!deadline || MonotonicSeconds() < *deadline) return;
  throw Error(ErrorKind::kBudget, "the time budget is used up; everything so far is saved", {},
              command);
}

// What was asked for by name and is replaced by what --choices replays.
void NoteOverruled(const Json& train, const Json& replayed) {
  for (const char* name : {"precision", "layout", "threads", "workers", "micro_batch"}) {
    const Json &asked = train.at(name), &taken = replayed.at(name);
    if (asked.is_null() || asked == "auto" || asked == taken) continue;
    Note("train." + std::string(name) + " is " + asked.dump() +
         ", without effect: --choices says " + taken.dump());
  }
}

}  // namespace

void RequireTrainable(Project& project, const std::string& verb) {
  project.StreamIfLarge();
  if (project.streamed()) RequireStreamable(project.recipe(), verb);
  RequireFit(project.recipe(), project.data(), project.streamed());
  RequireDevice(project.recipe()["train"]["device"].get<std::string>());
}

RunFolder PrepareRun(Project& project, const std::string& typed, const NewRun& wanted) {
  Json replayed;
  if (!wanted.choices.empty()) {
    replayed = ChoicesToJson(ChoicesFromJson(ReadJson(wanted.choices), wanted.choices));
    NoteOverruled(project.recipe()["train"], replayed);
  }
  const DueTraining training = JudgeTraining(project);
  const Dataset& repaired = project.repaired();
  const SplitOutcome& split = project.split();
  for (const std::string& note : split.notes) Note("split: " + note);
  NoteSplitRemarks(project.recipe(), repaired, split);
  const std::vector<int64_t> train = PositionsOf(repaired, split.plan, Part::kTrain);
  const std::optional<LabelWeights> weights = SampleWeightsOf(project, train);
  const FittedPlan plan = FitProject(project);
  Json manifest = NewManifest(typed, project.recipe().value, project.digest(), LibtorchVersion());
  manifest["origin"] = project.recipe().origin;
  manifest["sets"] = project.recipe().sets;
  if (project.streamed()) {
    manifest["stream"] = {{"sample", repaired.size()}, {"drawn", project.data().size()}};
  }
  if (training.severity) manifest["audit_due"] = training.due.reason;
  if (project.version()) manifest["data_version"] = project.version()->name;
  if (weights) manifest["sample_weights"] = LabelWeightsText(*weights);
  if (const Json sample = SampleFacts(project); !sample.is_null()) manifest["sample"] = sample;
  manifest.update(wanted.manifest);
  const RunFolder run = CreateRun(project.folder());
  WriteFileAtomic(run.File("recipe.resolved.yaml"), ResolvedYaml(project.recipe()));
  WriteRowPlan(run.File("split.parquet"), split.plan);
  run.Write("split.json", SplitSummary(repaired, split));
  const RepairPlan repairs = Chosen(project.repairs());
  WriteRepairs(run.File("repairs.json"), repairs);
  WriteQuarantine(run.File("quarantine"), project.data(), repairs);
  run.Write("plan.json", PlanToJson(plan));
  run.Write("profile.json", ProfileDataset(TakeRows(repaired, train)));
  WriteAudit(project, run, training);
  if (weights) WriteLabelWeights(run.File("sample_weights.parquet"), *weights);
  WriteSideRuns(run, project.recipe(), repaired, split, plan);
  if (!replayed.is_null()) run.Write("choices.json", replayed);
  run.Write("manifest.json", manifest);  // last: a folder with a manifest is a run
  return run;
}

RunData LoadRunData(const RunFolder& run) {
  const Json manifest = run.Read("manifest.json");
  RunData result;
  result.recipe.value = manifest.at("recipe");
  result.recipe.origin =
      manifest.value("origin", Json::object()).get<std::map<std::string, std::string>>();
  result.recipe = TunedRecipe(run.path(), result.recipe);
  const fs::path project = run.Project();
  const fs::path source = result.recipe["data"]["source"].get<std::string>();
  Store store(project);
  const SourceDigest digest = store.DigestSource(source.is_absolute() ? source : project / source);
  if (digest.sha256 != manifest["inputs"]["sha256"]) {
    throw Error(ErrorKind::kData, "the data changed since run " + run.id() + " was made",
                {.file = (project / source).string()}, "`bottega train` makes a new run");
  }
  const fs::path path = source.is_absolute() ? source : project / source;
  const Dataset data = manifest.contains("stream")
                           ? DrawnAgain(path, result.recipe, manifest["stream"])
                           : OpenDataset(result.recipe["data"], project);
  result.data = ApplyRepairs(data, ReadRepairs(run.File("repairs.json")));
  result.split = ReadRowPlan(run.File("split.parquet"));
  result.plan = PlanFromJson(run.Read("plan.json"), run.File("plan.json").string());
  return result;
}

TrainInputs InputsOf(const RunFolder& run, const RunData& data) {
  return {.data = &data.data,
          .split = &data.split,
          .plan = &data.plan,
          .recipe = data.recipe.value,
          .run = run.path()};
}

TrainOutcome TrainRun(const RunFolder& run, const RunData& data, int jobs, const Limits& limits) {
  const FolderLock lock = run.Lock();
  TrainInputs inputs = InputsOf(run, data);
  Apply(limits, &inputs);
  return ContinuedBy("bottega train --resume " + run.id(), [&] {
    if (!run.Trained()) RemoveResults(run);
    inputs.rows = StreamedRows(run, data);
    const std::vector<SideRun> sides = ReadSideRuns(run, data);
    if (sides.empty()) {
      TrainOutcome outcome = Train(inputs);
      RemoveStreamedRows(run);  // before the manifest answers for every file
      RecordTraining(run, data.recipe, sides, {outcome});
      return outcome;
    }
    const std::vector<TrainOutcome> outcomes = TrainSideRuns(run, inputs, sides, jobs);
    RecordTraining(run, data.recipe, sides, outcomes);
    return outcomes.front();
  });
}

Json EvaluateRun(const RunFolder& run, const RunData& data) {
  const FolderLock lock = run.Lock();
  const std::unique_ptr<Predictor> predictor = LoadPredictor(run.path());
  const Predictions own = PredictParts(*predictor, data.data, data.split, run.path());
  const std::vector<SideRun> sides = ReadSideRuns(run, data);
  const std::vector<FoldResult> folds = PredictFolds(run, data, sides, own);
  const Predictions predictions = WithOutOfFold(own, folds);
  WritePredictions(run.File("predictions.parquet"), predictions);
  Json metrics = EvaluateAll(predictions, data.recipe["evaluate"]);
  if (!folds.empty()) metrics["cv"] = CrossValidationFacts(run, data, folds);
  const std::vector<SeedResult> seeds = PredictSeeds(run, data, sides, own);
  if (!seeds.empty()) {
    metrics["seeds"] =
        SeedSpread(seeds, metrics["primary"], Against(run, metrics),
                   data.recipe["fairness"]["min_rows"], data.recipe["evaluate"].at("bins"));
  }
  run.Write("metrics.json", metrics);
  run.Write("fairness.json", EvaluateFairness(predictions, data.recipe["fairness"]));
  std::vector<std::string> written = {"predictions.parquet", "metrics.json", "fairness.json"};
  const Json baselines =
      CompareWithBaselines(InputsOf(run, data), predictions, metrics.at("primary"));
  if (!baselines.is_null()) {
    run.Write("baselines.json", baselines);
    written.push_back("baselines.json");
  }
  SealOutputs(run, written);
  return metrics;
}

std::string FinishRun(const RunFolder& run) { return SummaryText(WriteReport(run)); }

void EnforceGates(const RunFolder& run, const Json& recipe) {
  const auto read = [&](const char* name) { return run.Has(name) ? run.Read(name) : Json(); };
  const Json metrics = read("metrics.json"), fairness = read("fairness.json");
  const Json audit = read("audit.json");
  ResultFiles files{.metrics = &metrics, .fairness = &fairness};
  if (!audit.is_null()) files.audit = &audit;
  std::string message;
  for (const GateOutcome& gate : EvaluateGates(recipe.at("gates"), files)) {
    if (!gate.passed) message += "\n  " + gate.message;
  }
  if (message.empty()) return;
  throw Error(ErrorKind::kGate, "gates failed:" + message, {}, "bottega report " + run.id());
}

RunFolder StartJourney(Project& project, const std::string& typed, const std::string& from) {
  if (from.empty() || from == "audit") {
    const AuditResult& audit = project.audit();
    Note("audit: " + FormatCount(static_cast<int64_t>(audit.findings.size())) + " findings");
    const std::string gate = project.recipe()["gates"].value("audit", "none");
    if (FailsGate(audit, gate)) {
      throw Error(ErrorKind::kGate, "the audit has findings of severity " + gate + " or worse",
                  {.file = (project.folder() / kRecipeName).string()}, "bottega audit");
    }
    // A gate cannot be passed unseen; without one the journey goes on.
    if (const std::optional<Error> fault = FaultOf(audit, "bottega audit")) {
      if (gate != "none") throw *fault;
      Note("note: " + fault->message());
    }
  }
  if (from == "clean") project.CleanAgain();
  const RunFolder run = PrepareRun(project, typed);
  Note("run " + run.id());
  return run;
}

std::string FinishJourney(const RunFolder& run, const std::string& from,
                          std::optional<double> deadline) {
  if (from != "report") {
    const RunData data = LoadRunData(run);
    Limits limits;
    // However little is left, a sitting gets a step further.
    if (deadline) limits.seconds = std::max(0.0, *deadline - MonotonicSeconds());
    if (from != "evaluate") {
      TrainRun(run, data, 0, limits);
      RequireTime(deadline, "bottega run --from evaluate");
    }
    ContinuedBy("bottega evaluate " + run.id(), [&] { return EvaluateRun(run, data); });
    RequireTime(deadline, "bottega run --from report");
  }
  return ContinuedBy("bottega report " + run.id(), [&] { return FinishRun(run); });
}

}  // namespace bottega

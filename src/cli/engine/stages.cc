#include "cli/engine/stages.h"

#include <unordered_map>

#include "audit/result_json.h"
#include "audit/run_audit.h"
#include "base/error.h"
#include "base/files.h"
#include "base/progress.h"
#include "base/text.h"
#include "clean/target.h"
#include "engine/libtorch_version.h"
#include "infer/infer_stage.h"
#include "metric/condition.h"
#include "metric/evaluate.h"
#include "metric/fairness/fairness.h"
#include "profile/statistics.h"
#include "report/report.h"
#include "run/manifest.h"
#include "train/choices.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

std::vector<int64_t> PositionsOf(const Dataset& data, const RowPlan& split, Part part) {
  std::unordered_map<int64_t, int64_t> position;
  for (int64_t i = 0; i < data.size(); ++i) position[data.rows[static_cast<size_t>(i)]] = i;
  std::vector<int64_t> positions;
  for (size_t i = 0; i < split.row.size(); ++i) {
    if (split.part[i] == part) positions.push_back(position.at(split.row[i]));
  }
  return positions;
}

// A run lies in PROJECT/runs/ID.
fs::path ProjectOf(const RunFolder& run) {
  return fs::absolute(run.path()).lexically_normal().parent_path().parent_path();
}

// `model: auto` becomes what it was resolved to, in the manifest and in recipe.resolved.yaml. The
// manifest comes last: with it the run is trained.
void RecordTraining(const RunFolder& run, Recipe recipe, const TrainOutcome& outcome) {
  const Json settings = run.Read("model/config.json").at("settings");
  if (recipe.value["model"] != settings) {
    recipe.value["model"] = settings;
    for (const auto& [name, value] : settings.items()) {
      recipe.origin["model." + name] = "chosen for the data";
    }
    WriteFileAtomic(run.File("recipe.resolved.yaml"), ResolvedYaml(recipe));
  }
  Json manifest = run.Read("manifest.json");
  manifest["recipe"] = recipe.value;
  manifest["origin"] = recipe.origin;
  manifest["trained"] = {{"epochs", outcome.epochs},
                         {"best_epoch", outcome.best_epoch},
                         {"stopped", outcome.stopped},
                         {"seconds", outcome.seconds}};
  run.Write("manifest.json", manifest);
}

void CopyAudit(Project& project, const RunFolder& run) {
  const fs::path audit = project.StageFolder("audit") / "audit.json";
  std::error_code ignored;
  if (fs::exists(audit, ignored)) WriteFileAtomic(run.File("audit.json"), ReadFile(audit));
}

}  // namespace

RunFolder PrepareRun(Project& project, const std::string& typed, const std::string& choices) {
  Json replayed;
  if (!choices.empty()) replayed = ChoicesToJson(ChoicesFromJson(ReadJson(choices), choices));
  const Dataset& repaired = project.repaired();
  const SplitOutcome& split = project.split();
  const std::vector<int64_t> train = PositionsOf(repaired, split.plan, Part::kTrain);
  FittedPlan plan = FitPlan(repaired, train, project.recipe()["clean"]);
  const Json& positive = project.recipe()["data"]["positive"];
  if (positive.is_string() && plan.classes.size() == 2) SetPositive(&plan, positive);
  Json manifest = NewManifest(typed, project.recipe().value, project.digest(), LibtorchVersion());
  manifest["origin"] = project.recipe().origin;
  const RunFolder run = CreateRun(project.folder());
  WriteFileAtomic(run.File("recipe.resolved.yaml"), ResolvedYaml(project.recipe()));
  WriteRowPlan(run.File("split.parquet"), split.plan);
  run.Write("split.json", SplitSummary(repaired, split));
  WriteRepairs(run.File("repairs.json"), project.repairs());
  if (!project.undone().empty()) run.Write("undone.json", project.undone());
  WriteQuarantine(run.File("quarantine"), project.data(), project.repairs());
  run.Write("plan.json", PlanToJson(plan));
  run.Write("profile.json", ProfileDataset(TakeRows(repaired, train)));
  CopyAudit(project, run);
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
  const fs::path project = ProjectOf(run);
  const fs::path source = result.recipe["data"]["source"].get<std::string>();
  Store store(project);
  const SourceDigest digest = store.DigestSource(source.is_absolute() ? source : project / source);
  if (digest.sha256 != manifest["inputs"]["sha256"]) {
    throw Error(ErrorKind::kData, "the data changed since run " + run.id() + " was made",
                {.file = (project / source).string()}, "bottega train, which makes a new run");
  }
  const Dataset data = OpenDataset(result.recipe["data"], project);
  const RepairPlan repairs = ReadRepairs(run.File("repairs.json"));
  result.data =
      run.Has("undone.json")
          ? UndoRepairs(data, repairs, run.Read("undone.json").get<std::vector<int64_t>>())
          : ApplyRepairs(data, repairs);
  result.split = ReadRowPlan(run.File("split.parquet"));
  result.plan = PlanFromJson(run.Read("plan.json"), run.File("plan.json").string());
  return result;
}

TrainOutcome TrainRun(const RunFolder& run, const RunData& data) {
  const FolderLock lock = run.Lock();
  TrainInputs inputs;
  inputs.data = &data.data;
  inputs.split = &data.split;
  inputs.plan = &data.plan;
  inputs.recipe = data.recipe.value;
  inputs.run = run.path();
  TrainOutcome outcome = Train(inputs);
  RecordTraining(run, data.recipe, outcome);
  return outcome;
}

Json EvaluateRun(const RunFolder& run, const RunData& data) {
  const FolderLock lock = run.Lock();
  const std::unique_ptr<Predictor> predictor = LoadPredictor(run.path());
  const Predictions predictions = PredictParts(*predictor, data.data, data.split, run.path());
  WritePredictions(run.File("predictions.parquet"), predictions);
  const Json metrics = EvaluateAll(predictions, data.recipe["evaluate"]);
  run.Write("metrics.json", metrics);
  run.Write("fairness.json", EvaluateFairness(predictions, data.recipe["fairness"]));
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

RunFolder StartJourney(Project& project, const std::string& typed, bool with_audit) {
  if (with_audit) {
    const AuditResult& audit = project.audit();
    Note("audit: " + FormatCount(static_cast<int64_t>(audit.findings.size())) + " findings");
    const std::string gate = project.recipe()["gates"].value("audit", "none");
    if (FailsGate(audit, gate)) {
      throw Error(ErrorKind::kGate, "the audit has findings of severity " + gate + " or worse",
                  {.file = (project.folder() / kRecipeName).string()}, "bottega audit");
    }
  }
  const RunFolder run = PrepareRun(project, typed);
  Note("run " + run.id());
  return run;
}

std::string FinishJourney(const RunFolder& run, const std::string& from) {
  if (from != "report") {
    const RunData data = LoadRunData(run);
    if (from != "evaluate") TrainRun(run, data);
    EvaluateRun(run, data);
  }
  return FinishRun(run);
}

}  // namespace bottega

#include "cli/engine/extend_run.h"

#include <algorithm>
#include <filesystem>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/progress.h"
#include "base/text.h"
#include "cli/recipe.h"
#include "model/models_specs.h"
#include "train/longer.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

std::string Command(const RunFolder& run, const std::string& flag) {
  return "bottega train --resume " + run.id() + " --" + flag + " +10";
}

// Whether the run or a training beside it was ended by `reason`.
bool EndedBy(const Json& manifest, const std::string& reason) {
  if (manifest["trained"]["stopped"] == reason) return true;
  return std::ranges::any_of(manifest.value("trainings", Json::array()),
                             [&](const Json& one) { return one["stopped"] == reason; });
}

// Models that are not trained epoch by epoch.
void RequireEpochs(const RunFolder& run, const Json& recipe) {
  const std::string model = recipe["model"]["name"];
  if (KindOfModel(model) == ModelKind::kTable) {
    throw Error(ErrorKind::kUsage,
                "run " + run.id() + " is of model '" + model + "', which has no epochs", {},
                "bottega list models " + model);
  }
  if (run.Has("candidates")) {
    const int64_t more = recipe["train"]["epochs"].get<int64_t>() + 10;
    throw Error(ErrorKind::kUsage,
                "run " + run.id() +
                    " compared candidates as they had ended; they are not "
                    "continued one by one",
                {}, "bottega train --set train.epochs=" + std::to_string(more));
  }
}

void RequireEffect(const RunFolder& run, const Json& manifest, int64_t patience, int64_t epochs) {
  RequireEpochs(run, manifest["recipe"]);
  const Json& train = manifest["recipe"]["train"];
  if (patience > 0 && !train["early_stopping"].is_object()) {
    throw Error(ErrorKind::kUsage, "the run has no early stopping whose patience could be raised",
                {}, Command(run, "epochs"));
  }
  if (epochs == 0 && !EndedBy(manifest, "early_stopping")) {
    throw Error(ErrorKind::kUsage,
                "the run ended with its last epoch, " + train["epochs"].dump() +
                    ", not by early stopping: more patience changes nothing",
                {}, Command(run, "epochs"));
  }
  if (patience == 0 && !EndedBy(manifest, "finished")) {
    throw Error(ErrorKind::kUsage,
                "the run was ended by early stopping, not by its last epoch: more epochs change "
                "nothing",
                {}, Command(run, "patience"));
  }
}

}  // namespace

void ExtendRun(const RunFolder& run, int64_t patience, int64_t epochs) {
  const FolderLock lock = run.Lock();
  Json manifest = run.Read("manifest.json");
  if (!manifest.contains("trained")) {
    throw Error(ErrorKind::kUsage, "the run is unfinished: it is continued as it is first", {},
                "bottega train --resume " + run.id());
  }
  RequireEffect(run, manifest, patience, epochs);
  Recipe recipe{.value = manifest["recipe"], .origin = manifest["origin"]};
  Json& train = recipe.value["train"];
  const auto raise = [&](Json* value, int64_t by, const std::string& path) {
    if (by == 0) return;
    *value = value->get<int64_t>() + by;
    recipe.origin["train." + path] = "raised by " + std::to_string(by);
  };
  const Json before = train;
  if (patience > 0)
    raise(&train["early_stopping"]["patience"], patience, "early_stopping.patience");
  raise(&train["epochs"], epochs, "epochs");
  const std::string note = LengthNote(run.path(), before, train["epochs"]);
  if (!note.empty()) Note("note: " + note);
  Json entry = {{"at", NowUtc()}, {"epoch", manifest["trained"]["epochs"]}};
  if (patience > 0) entry["patience"] = patience;
  if (epochs > 0) entry["epochs"] = epochs;
  if (!note.empty()) entry["note"] = note;
  manifest["extended"].push_back(entry);
  manifest["recipe"] = recipe.value;
  manifest["origin"] = recipe.origin;
  for (const char* of_the_end : {"trained", "trainings", "outputs"}) manifest.erase(of_the_end);
  run.Write("manifest.json", manifest);
  WriteFileAtomic(run.File("recipe.resolved.yaml"), ResolvedYaml(recipe));
}

void RemoveResults(const RunFolder& run) {
  std::error_code ignored;
  for (const char* name : {"predictions.parquet", "metrics.json", "fairness.json", "report.html"}) {
    fs::remove(run.File(name), ignored);
  }
}

}  // namespace bottega

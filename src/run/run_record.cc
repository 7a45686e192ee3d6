#include "run/run_record.h"

#include "base/error.h"
#include "run/settings.h"
#include "run/tags.h"

namespace bottega {

namespace {

double NumberAt(const Json& node, const char* key) {
  const auto found = node.find(key);
  return found != node.end() && found->is_number() ? found->get<double>()
                                                   : std::numeric_limits<double>::quiet_NaN();
}

// The members of `node` that are scores, {value, low, high}, under `prefix`.
void AddScores(const Json& node, const std::string& prefix, std::map<std::string, RunScore>* out) {
  for (const auto& [name, score] : node.items()) {
    if (!score.is_object() || !score.contains("value")) continue;
    (*out)[prefix + name] = {NumberAt(score, "value"), NumberAt(score, "low"),
                             NumberAt(score, "high")};
  }
}

void AddMetrics(const RunFolder& run, RunRecord* record) {
  const Json metrics = run.Read("metrics.json");
  for (const char* part : {"train", "validation", "test"}) {
    if (metrics.contains(part)) {
      AddScores(metrics[part], std::string(part) + ".", &record->scores);
    }
  }
  record->headline = HeadlineOf(metrics);
  if (!record->headline.empty()) record->score = record->scores[record->headline];
}

void AddManifest(const RunFolder& run, RunRecord* record) {
  const Json manifest = run.Read("manifest.json");
  const Json& recipe = manifest.at("recipe");
  record->created = manifest.value("created", "");
  record->data_version = manifest.value("data_version", "");
  record->source = recipe.at("data").at("source").get<std::string>();
  record->source_sha256 = manifest.value("inputs", Json::object()).value("sha256", std::string());
  record->recipe_digest = RecipeDigest(recipe);
  const Json model = recipe.value("model", Json::object());
  record->model = model.is_object() ? model.value("name", "") : "";
  record->settings = ModelSettings(recipe);
  const Json origin = manifest.value("origin", Json::object());
  for (const auto& [path, value] : record->settings) {
    if (IsNamed(OriginOf(origin, path))) record->named.push_back(path);
  }
  record->state = "unfinished";
  if (!manifest.contains("trained")) return;
  record->state = "trained";
  // What `model: auto` kept stands for it.
  record->model = manifest["trained"].value("kept", record->model);
  for (const char* key : {"epochs", "best_epoch", "seconds"}) {
    record->scores[std::string("trained.") + key] = {NumberAt(manifest["trained"], key)};
  }
}

}  // namespace

std::string HeadlineOf(const Json& metrics) {
  const std::string primary = metrics.value("primary", "");
  for (const char* part : {"test", "validation", "train"}) {
    if (!metrics.contains(part)) continue;
    for (const std::string& name : {primary, std::string("accuracy"), std::string("r2")}) {
      if (!name.empty() && metrics[part].contains(name)) return std::string(part) + "." + name;
    }
  }
  return "";
}

RunRecord ReadRunRecord(const RunFolder& run) {
  RunRecord record{.id = run.id()};
  try {
    AddManifest(run, &record);
    if (run.Has("metrics.json")) {
      AddMetrics(run, &record);
      record.state = "evaluated";
    }
    if (run.Has("fairness.json")) AddScores(run.Read("fairness.json"), "fairness.", &record.scores);
    record.tags = ReadTags(run);
  } catch (const Error&) {
    record.state = "damaged";
  } catch (const Json::exception&) {
    record.state = "damaged";
  }
  return record;
}

}  // namespace bottega

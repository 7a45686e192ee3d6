#include "cli/run_facts.h"

#include <algorithm>
#include <sstream>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "run/receipt.h"
#include "run/run_record.h"
#include "run/running.h"
#include "run/settings.h"
#include "run/tags.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

bool SaysNothing(const Json& value) {
  return value.is_null() || (value.is_string() && value.get<std::string>().empty()) ||
         ((value.is_array() || value.is_object()) && value.empty());
}

// The epochs of log.jsonl; a line that a killed process left half written ends it.
Json CurveOf(const RunFolder& run) {
  Json curve = Json::array();
  if (!run.Has("log.jsonl")) return curve;
  std::istringstream lines(ReadFile(run.File("log.jsonl")));
  std::string line;
  while (std::getline(lines, line)) {
    const Json record = Json::parse(line, nullptr, false);
    if (record.is_discarded()) break;
    if (record.is_object() && record.value("event", "") == "epoch") curve.push_back(record);
  }
  return curve;
}

Json FilesOf(const RunFolder& run) {
  Json files = Json::array();
  for (const fs::path& file : ListFiles(run.path())) {
    std::error_code ignored;
    files.push_back({{"path", file.string()},
                     {"bytes", static_cast<int64_t>(fs::file_size(run.path() / file, ignored))}});
  }
  return files;
}

Json ReproducingCommands(const RunFolder& run, const Json& manifest) {
  std::string train = "bottega train --choices " + ShellQuote("runs/" + run.id() + "/choices.json");
  for (const Json& set : manifest.value("sets", Json::array())) {
    train += " --set " + ShellQuote(set.get<std::string>());
  }
  return {train, "bottega evaluate latest"};
}

Json SubRun(const RunFolder& run, const std::string& name) {
  if (run.Has("manifest.json")) {
    const RunRecord record = ReadRunRecord(run);
    Json result = nullptr;
    if (record.score.value == record.score.value) {
      result = {{"metric", record.headline}, {"value", record.score.value}};
    }
    return {{"name", name}, {"state", record.state}, {"result", result}};
  }
  return {{"name", name}, {"state", "trained"}, {"result", nullptr}};
}

Json OptionalFile(const RunFolder& run, const char* name) {
  return run.Has(name) ? run.Read(name) : Json();
}

}  // namespace

std::vector<SettingFact> OwnSettings(const Json& manifest) {
  std::vector<SettingFact> own;
  const Json origin = manifest.value("origin", Json::object());
  for (const auto& [path, value] : FlatSettings(manifest.at("recipe"))) {
    const std::string from = OriginOf(origin, path);
    if (from == "default" || SaysNothing(value)) continue;
    own.push_back({path, value, from});
  }
  return own;
}

Json SubRuns(const RunFolder& run) {
  Json found = Json::array();
  std::vector<std::string> names;
  std::error_code error;
  for (fs::recursive_directory_iterator it(run.path(), error), end; !error && it != end;
       it.increment(error)) {
    std::error_code ignored;
    const std::string name = it->path().filename().string();
    if (!it->is_directory(ignored)) continue;
    const bool own = it.depth() == 0 && (name == "model" || name == "checkpoints");
    if (own || it.depth() > 1 || name.starts_with(".")) {
      it.disable_recursion_pending();
      continue;
    }
    const RunFolder inner(it->path());
    if (!inner.Has("manifest.json") && !inner.Has("model/model.safetensors")) continue;
    names.push_back(it->path().lexically_relative(run.path()).string());
    it.disable_recursion_pending();
  }
  std::ranges::sort(names);
  for (const std::string& name : names) {
    found.push_back(SubRun(RunFolder(run.path() / name), name));
  }
  return found;
}

Json RunFacts(const RunFolder& run) {
  const Json manifest = run.Read("manifest.json");
  const RunRecord record = ReadRunRecord(run);
  const bool running =
      record.state == "unfinished" && RunningRuns(run.Project()).Contains(run.id());
  Json settings = Json::array();
  for (const SettingFact& fact : OwnSettings(manifest)) {
    settings.push_back({{"path", fact.path}, {"value", fact.value}, {"origin", fact.origin}});
  }
  const auto stale = StaleState(run);
  return {{"run", run.id()},
          {"folder", run.path().string()},
          {"state", running ? "running" : record.state},
          {"tags", record.tags},
          {"created", manifest.value("created", "")},
          {"command", manifest.value("command", "")},
          {"program", manifest.value("program", Json::object())},
          {"libtorch", manifest.value("libtorch", "")},
          {"machine", manifest.value("machine", Json::object())},
          {"seeds", manifest.value("seeds", Json::object())},
          {"stale", stale ? Json(StaleText(*stale)) : Json()},
          {"replaced_by", ReplacedBy(run)},
          {"data",
           {{"source", record.source},
            {"inputs", manifest.value("inputs", Json::object())},
            {"version", manifest.value("data_version", Json())},
            {"split", OptionalFile(run, "split.json")}}},
          {"recipe_digest", record.recipe_digest},
          {"settings", settings},
          {"choices", OptionalFile(run, "choices.json")},
          {"trained", manifest.value("trained", Json())},
          {"headline", record.headline},
          {"metrics", OptionalFile(run, "metrics.json")},
          {"baselines", OptionalFile(run, "baselines.json")},
          {"curve", CurveOf(run)},
          {"runs", SubRuns(run)},
          {"files", FilesOf(run)},
          {"reproduce", ReproducingCommands(run, manifest)}};
}

}  // namespace bottega

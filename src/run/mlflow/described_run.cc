#include "run/mlflow/described_run.h"

#include <sys/stat.h>

#include <ctime>
#include <filesystem>
#include <sstream>

#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"
#include "run/run_record.h"
#include "run/settings.h"
#include "run/tags.h"
#include "spec/spec.h"

namespace bottega {

namespace {

constexpr size_t kLongestParam = 500;  // bytes that every version of the server takes
constexpr const char* kArtifacts[] = {"report.html", "metrics.json", "fairness.json", "card.md",
                                      "recipe.resolved.yaml"};

int64_t MillisecondsOf(const std::string& utc) {
  std::tm time{};
  if (strptime(utc.c_str(), "%Y-%m-%dT%H:%M:%SZ", &time) == nullptr) return 0;
  return static_cast<int64_t>(timegm(&time)) * 1000;
}

int64_t ModifiedMilliseconds(const RunFolder& run, const char* name) {
  struct stat info{};
  if (stat(run.File(name).c_str(), &info) != 0) return 0;
  return info.st_mtim.tv_sec * 1000 + info.st_mtim.tv_nsec / 1'000'000;
}

// At most `most` bytes, cut between characters.
std::string Cut(std::string text, size_t most) {
  if (text.size() <= most) return text;
  size_t end = most - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

// The server allows letters, digits, and _ - . / : and space in names.
std::string Key(std::string name) {
  for (char& c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool allowed = byte < 128 && (std::isalnum(byte) != 0 || c == '_' || c == '-' ||
                                        c == '.' || c == '/' || c == ' ' || c == ':');
    if (!allowed) c = '_';
  }
  return Cut(name, 250);
}

bool IsOpen(const Json& value) {
  return value.is_null() || (value.is_string() && (value == "auto" || value == ""));
}

void AddParams(const Json& recipe, bool trained, DescribedRun* described) {
  for (const auto& [path, value] : ModelSettings(recipe)) {
    const std::string text = ValueText(value);
    if (text.empty() || (!trained && IsOpen(value))) continue;
    described->params[Key(path)] = Cut(text, kLongestParam);
  }
}

void AddCurve(const RunFolder& run, DescribedRun* described) {
  if (!run.Has("log.jsonl")) return;
  std::istringstream lines(ReadFile(run.File("log.jsonl")));
  std::string line;
  while (std::getline(lines, line)) {
    const Json record = Json::parse(line, nullptr, false);
    if (record.is_discarded()) break;  // being written at this moment
    if (!record.is_object() || record.value("event", "") != "epoch") continue;
    const auto step = record.value("step", int64_t{0});
    const auto timestamp =
        described->start + static_cast<int64_t>(1000 * record.value("seconds", 0.0));
    for (const auto& [name, value] : record.items()) {
      if (!value.is_number() || name == "step" || name == "seconds") continue;
      const std::string key = name == "lr" ? "learning_rate" : name;
      const size_t dot = key.find('.');
      const std::string slashed =
          dot == std::string::npos ? key : key.substr(0, dot) + "/" + key.substr(dot + 1);
      described->metrics.push_back({Key(slashed), value.get<double>(), timestamp, step});
    }
  }
}

void AddFinalScores(const RunRecord& record, int64_t timestamp, DescribedRun* described) {
  for (const auto& [path, score] : record.scores) {
    if (path.starts_with("trained.")) continue;
    const size_t dot = path.find('.');
    const std::string key = Key("final/" + path.substr(0, dot) + "/" + path.substr(dot + 1));
    const auto add = [&](const std::string& name, double value) {
      if (value == value) described->metrics.push_back({name, value, timestamp, 0});
    };
    add(key, score.value);
    add(key + ".low", score.low);
    add(key + ".high", score.high);
  }
}

void AddTags(const RunFolder& run, const RunRecord& record, DescribedRun* described) {
  auto& tags = described->tags;
  tags["bottega.id"] = record.id;
  tags["bottega.state"] = record.state;
  tags["bottega.data.sha256"] = record.source_sha256;
  tags["bottega.recipe.sha256"] = record.recipe_digest;
  tags["bottega.tags"] = Join(record.tags, ", ");
  tags["bottega.folder"] = std::filesystem::absolute(run.path()).lexically_normal().string();
  tags["mlflow.source.name"] = "bottega";
  tags["mlflow.source.type"] = "LOCAL";
  if (record.headline.empty() || record.score.value != record.score.value) return;
  tags["bottega.result"] = record.headline + " " + FormatNumber(record.score.value) + " (" +
                           FormatNumber(record.score.low) + " to " +
                           FormatNumber(record.score.high) + ")";
}

}  // namespace

DescribedRun DescribeForMlflow(const RunFolder& run, bool running) {
  const Json manifest = run.Read("manifest.json");
  const RunRecord record = ReadRunRecord(run);
  DescribedRun described;
  described.uid = Sha256Hex(record.id + " " + record.created).substr(0, 32);
  described.start = MillisecondsOf(record.created);
  const bool trained = manifest.contains("trained");
  described.status = trained ? "FINISHED" : running ? "RUNNING" : "KILLED";
  if (trained) {
    described.end =
        described.start + static_cast<int64_t>(1000 * manifest["trained"].value("seconds", 0.0));
  }
  AddParams(manifest.at("recipe"), trained, &described);
  AddCurve(run, &described);
  AddFinalScores(record, ModifiedMilliseconds(run, "metrics.json"), &described);
  AddTags(run, record, &described);
  for (const char* name : kArtifacts) {
    if (run.Has(name)) described.artifacts.emplace_back(name);
  }
  return described;
}

}  // namespace bottega

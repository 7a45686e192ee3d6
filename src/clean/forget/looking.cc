#include "clean/forget/looking.h"

#include <algorithm>

#include "audit/review/without_rows.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

// Of a run: what tells of rows by other means than `row`, or not at all.
constexpr const char* kSummaries[] = {"manifest.json", "plan.json",     "profile.json",
                                      "metrics.json",  "fairness.json", "choices.json",
                                      "repairs.json"};
constexpr const char* kLearned[] = {"plan.json", "metrics.json", "fairness.json", "choices.json",
                                    "config.json"};

bool Among(const auto& names, const std::string& name) {
  return std::ranges::find(names, name) != std::end(names);
}

bool HasLetter(const std::string& text) {
  return std::ranges::any_of(text,
                             [](unsigned char c) { return std::isalpha(c) != 0 || c >= 128; });
}

std::string TextAt(const fs::path& file, const std::vector<const char*>& keys) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return "";
  try {
    Json json = ReadJson(file);
    for (const char* key : keys) json = json.is_object() ? json.value(key, Json()) : Json();
    return json.is_string() ? json.get<std::string>() : "";
  } catch (const Error&) {
    return "";
  }
}

}  // namespace

std::vector<SoughtValue> WithLetters(const std::vector<SoughtValue>& values) {
  std::vector<SoughtValue> named;
  std::ranges::copy_if(values, std::back_inserter(named),
                       [](const SoughtValue& value) { return HasLetter(value.text); });
  return named;
}

JsonNumbers NumbersOf(const Holding& holding) {
  const bool learned = holding.kind == HoldingKind::kRun && Among(kLearned, holding.name());
  return learned ? JsonNumbers::kLeave : JsonNumbers::kLookAt;
}

int64_t ValuesHeld(const Holding& holding, const std::filesystem::path& file,
                   const ValueFinder& all, const ValueFinder& named) {
  const bool recipe = holding.kind == HoldingKind::kRecipe || holding.path.extension() == ".yaml";
  if (holding.name() == "undo.zst") return 0;  // looked at unpacked: ValuesRestored
  return ValuesIn(file, recipe ? named : all, NumbersOf(holding));
}

std::string ReviewWithout(std::string text, const std::string& file,
                          const std::vector<SourceState>& states) {
  for (const SourceState& state : states) {
    if (state.chosen.empty()) continue;
    RowFinder finder(state.data, state.sha256);
    text = WithoutRows(text, file, &finder, {state.chosen.begin(), state.chosen.end()});
  }
  return text;
}

bool JoinsOnRow(const Holding& holding) {
  const std::string ending = LowerAscii(holding.path.extension().string());
  switch (holding.kind) {
    case HoldingKind::kReview:
      return true;
    case HoldingKind::kRun:
      return ending == ".parquet" || ending == ".csv" ||
             (ending == ".json" && !Among(kSummaries, holding.name()) &&
              holding.path.string().find("/model/") == std::string::npos);
    case HoldingKind::kPlan:
      return ending == ".csv";
    case HoldingKind::kVersion:  // its own table is taken care of elsewhere
      return ending == ".csv" && holding.path.parent_path().filename() == "quarantine";
    case HoldingKind::kCache:
      return ending == ".parquet" || ending == ".json";
    default:
      return false;
  }
}

std::string StateHashOf(const fs::path& project, const Holding& holding) {
  const fs::path folder = project / holding.Folder();
  switch (holding.kind) {
    case HoldingKind::kRun:
      return TextAt(folder / "manifest.json", {"inputs", "sha256"});
    case HoldingKind::kVersion:
      return TextAt(folder / "version.json", {"source_sha256"});
    case HoldingKind::kPlan:
      return TextAt(folder / "repairs.json", {"sha256"});
    case HoldingKind::kCache:
      return TextAt(folder / "audit.json", {"sha256"});
    case HoldingKind::kReview:
      return TextAt(project / holding.path, {"sha256"});
    default:
      return "";
  }
}

}  // namespace bottega

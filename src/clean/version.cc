#include "clean/version.h"

#include <algorithm>
#include <set>

#include "base/clock.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/version.h"
#include "clean/fixes.h"
#include "clean/lawful_rows.h"
#include "clean/repaired_file.h"
#include "clean/step.h"
#include "data/io/delta.h"
#include "data/io/without_records.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr int kFormat = 1;
constexpr const char* kFacts = "version.json";
constexpr const char* kPlan = "repairs.json";
constexpr const char* kUndo = "undo.zst";

fs::path VersionsOf(const fs::path& project) { return project / ".bottega" / "versions"; }

Json FactsOf(const Version& v) {
  return {{"format", kFormat},
          {"version", v.name},
          {"number", v.number},
          {"time", v.time},
          {"program", kVersion},
          {"source", v.source},
          {"source_sha256", v.source_sha256},
          {"restores_sha256", v.restores_sha256},
          {"file", v.file},
          {"file_sha256", v.file_sha256},
          {"rows_before", v.rows_before},
          {"rows_after", v.rows_after},
          {"cells", v.cells},
          {"repairs", v.repairs},
          {"undone", v.undone}};
}

int64_t Whole(const Json& facts, const char* key) {
  return static_cast<int64_t>(StateNumber(facts, key));
}

Version VersionFrom(const fs::path& folder) {
  const Json facts = ReadJson(folder / kFacts);
  return {.number = Whole(facts, "number"),
          .name = StateText(facts, "version"),
          .folder = folder,
          .source = StateText(facts, "source"),
          .source_sha256 = StateText(facts, "source_sha256"),
          .restores_sha256 = StateText(
              facts, facts.contains("restores_sha256") ? "restores_sha256" : "source_sha256"),
          .file = StateText(facts, "file"),
          .file_sha256 = StateText(facts, "file_sha256"),
          .time = StateText(facts, "time"),
          .rows_before = Whole(facts, "rows_before"),
          .rows_after = Whole(facts, "rows_after"),
          .cells = Whole(facts, "cells"),
          .repairs = Whole(facts, "repairs"),
          .undone = StateBool(facts, "undone")};
}

}  // namespace

void CountChanges(const RepairPlan& chosen, Version* version) {
  std::set<std::pair<std::string, int64_t>> cells;
  version->repairs = static_cast<int64_t>(chosen.repairs.size());
  for (const Repair& repair : chosen.repairs) {
    const bool changes =
        repair.action == RepairAction::kCell || repair.action == RepairAction::kRedact;
    for (const int64_t row : repair.rows) {
      if (changes) cells.emplace(repair.column, row);
    }
  }
  version->cells = static_cast<int64_t>(cells.size());
}

namespace {

// What names a version: the repaired file, or, where there is none, the source and what was chosen.
std::string DigestOf(const Version& version, const RepairPlan& chosen) {
  if (!version.file.empty()) return version.file_sha256;
  return Sha256Hex(version.source_sha256 + CanonicalJson(RepairsToJson(chosen)));
}

void WriteData(const fs::path& folder, const Dataset& data, const Dataset& repaired,
               const RepairPlan& chosen, Version* version) {
  if (!HasRepairedFile(data)) return;
  version->file = RepairedFileName(data);
  WriteRepairedFile(folder / version->file, data, repaired, chosen);
  const std::string bytes = ReadFile(folder / version->file);
  version->file_sha256 = Sha256Hex(bytes);
  fs::path source = data.source;
  if (const auto forgotten = ForgottenRows(chosen); !forgotten.empty()) {
    source = folder / ".source";
    WriteWithoutRecords(data.source, data.reading, forgotten, source);
    version->restores_sha256 = Sha256OfFile(source);
  }
  WriteFileAtomic(folder / kUndo, MakeDelta(bytes, ReadFile(source)));
  if (source != data.source) fs::remove(source);
}

}  // namespace

Version WriteVersion(const fs::path& project, const Dataset& data, const std::string& sha256,
                     const RepairPlan& plan) {
  const std::vector<Version> known = ListVersions(project);
  Version version{.number = known.empty() ? 1 : known.back().number + 1,
                  .source = plan.source.empty() ? data.source.string() : plan.source,
                  .source_sha256 = sha256,
                  .restores_sha256 = sha256,
                  .time = NowUtc(),
                  .rows_before = data.size()};
  const RepairPlan chosen = Chosen(plan);
  const Dataset repaired = ApplyRepairs(data, plan);
  version.rows_after = repaired.size();
  CountChanges(chosen, &version);
  // Under a hidden name until it is whole.
  const fs::path draft = VersionsOf(project) / ("." + std::to_string(version.number) + ".draft");
  std::error_code ignored;
  fs::remove_all(draft, ignored);
  MakeFolders(draft);
  WriteData(draft, data, repaired, chosen, &version);
  WriteRepairs(draft / kPlan, plan);
  WriteQuarantine(draft / "quarantine", data, chosen);
  const std::string digest = DigestOf(version, chosen).substr(0, 8);
  if (const auto same = VersionOf(known, sha256);
      same &&
      (version.file.empty() ? same->name.ends_with("-" + digest)
                            : same->file_sha256 == version.file_sha256) &&
      ReadFile(same->folder / kPlan) == ReadFile(draft / kPlan)) {
    fs::remove_all(draft, ignored);
    return *same;
  }
  version.name = std::to_string(version.number) + "-" + digest;
  version.folder = VersionsOf(project) / version.name;
  WriteVersionFacts(draft, version);
  std::error_code failed;
  fs::rename(draft, version.folder, failed);
  if (failed) throw IoError("making", version.folder.string(), failed.value());
  return version;
}

std::vector<Version> ListVersions(const fs::path& project) {
  std::vector<Version> versions;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(VersionsOf(project), ignored)) {
    const bool hidden = entry.path().filename().string().starts_with(".");
    if (hidden || !fs::exists(entry.path() / kFacts, ignored)) continue;
    versions.push_back(VersionFrom(entry.path()));
  }
  std::ranges::sort(versions, {}, &Version::number);
  return versions;
}

Version FindVersion(const fs::path& project, const std::string& name) {
  const std::vector<Version> versions = ListVersions(project);
  std::vector<std::string> names;
  for (const Version& version : versions) {
    if (version.name == name || std::to_string(version.number) == name) return version;
    names.push_back(version.name);
  }
  if (name == "newest") {
    for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
      if (!version->undone) return *version;
    }
  }
  const bool none = versions.empty();
  throw Error(ErrorKind::kUsage,
              none ? "there is no version yet"
              : name == "newest"
                  ? "every version is undone"
                  : "there is no version '" + name + "'; there are " + Join(names, ", "),
              {}, none ? "bottega clean --apply" : "bottega clean --versions");
}

std::optional<Version> VersionOf(const std::vector<Version>& versions, const std::string& sha256) {
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    if (!version->undone && version->source_sha256 == sha256) return *version;
  }
  return std::nullopt;
}

void WriteVersionFacts(const fs::path& folder, const Version& version) {
  WriteJson(folder / kFacts, FactsOf(version));
}

void MarkUndone(const Version& version, bool undone) {
  Version marked = version;
  marked.undone = undone;
  WriteVersionFacts(version.folder, marked);
}

std::string RestoreSource(const Version& version) {
  const fs::path file = version.folder / version.file, undo = version.folder / kUndo;
  if (version.file.empty()) {
    throw Error(ErrorKind::kUsage, "version " + version.name +
                                       " changed no file: the pictures of " + version.source +
                                       " are where they were");
  }
  const std::string bytes = ReadFile(file);
  if (Sha256Hex(bytes) != version.file_sha256) {
    throw Error(ErrorKind::kData, "the version's file was changed since it was written",
                {.file = file.string()}, "`bottega clean --versions` lists the others");
  }
  std::string source = ApplyDelta(bytes, ReadFile(undo), undo.string());
  if (Sha256Hex(source) != version.restores_sha256) {
    throw Error(ErrorKind::kData, "the undo log does not give the source back",
                {.file = undo.string()}, "`bottega clean --versions` lists the others");
  }
  return source;
}

}  // namespace bottega

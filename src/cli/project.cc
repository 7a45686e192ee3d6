#include "cli/project.h"

#include <map>
#include <set>

#include "audit/result_json.h"
#include "audit/run_audit.h"
#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/progress.h"
#include "base/version.h"
#include "clean/lawful_rows.h"
#include "cli/audit_memory.h"
#include "data/open.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

// Sections that a stage's result depends on.
const std::map<std::string, std::vector<std::string>>& StageSections() {
  static const std::map<std::string, std::vector<std::string>> kSections = {
      {"audit", {"data", "audit"}},
      {"clean", {"data", "clean", "audit"}},
      {"split", {"data", "clean", "audit", "split"}}};
  return kSections;
}

}  // namespace

Project::Project(fs::path folder, Recipe recipe, std::optional<LargeSource> large)
    : folder_(std::move(folder)),
      recipe_(std::move(recipe)),
      store_(folder_),
      large_(std::move(large)) {
  for (const Problem& remark : recipe_.remarks) {
    Note("note: " + remark.place.ToString() + ": " + remark.message);
  }
}

Project Project::Open(const std::vector<std::string>& sets) {
  return Project(".", LoadRecipe(kRecipeName, sets));
}

const SourceDigest& Project::digest() {
  if (!digest_) {
    if (!large_) data();  // says what is wrong with a source that cannot be used
    digest_ = HashSource();
  }
  return *digest_;
}

SourceDigest Project::HashSource() {
  return store_.DigestSource(SourcePath(recipe_["data"], folder_));
}

const Dataset& Project::data() {
  if (!data_) data_ = OpenDataset(recipe_["data"], folder_);
  return *data_;
}

const Duplicates& Project::duplicates() {
  if (!duplicates_) duplicates_ = FindDuplicates(data());
  return *duplicates_;
}

bool Project::RepairsNeedAudit() const { return recipe_["clean"]["labels"] != "keep"; }

std::string Project::StageDigest(const std::string& stage) {
  Json parts = {{"source", digest().sha256}, {"version", kVersion}};
  for (const std::string& section : StageSections().at(stage)) parts[section] = recipe_[section];
  if (stage != "audit" && !RepairsNeedAudit()) parts.erase("audit");
  for (const char* told : {"consent", "licence", "retention"}) parts["data"].erase(told);
  if (parts.contains("audit")) {
    for (const char* about : {"waivers", "every"}) parts["audit"].erase(about);
  }
  // Who withdrew, and what is past retention today, makes another stage.
  if (stage != "audit" && !lawful().repairs.empty()) parts["lawful"] = RepairsToJson(lawful());
  if (stage == "split" && !undone().empty()) parts["undone"] = undone();
  return Sha256Hex(CanonicalJson(parts)).substr(0, 16);
}

fs::path Project::StageFolder(const std::string& stage) {
  return folder_ / ".bottega" / stage / StageDigest(stage);
}

const Dataset& Project::audited() {
  const fs::path source = SourcePath(recipe_["data"], folder_);
  if (!large_ && !data_) large_ = ReadIfLarge(source, recipe_["data"], recipe_["audit"]);
  if (!large_) return data();
  if (!sample_) sample_ = OpenSample(large_->sample, recipe_["data"], source);
  return *sample_;
}

const AuditResult& Project::audit() {
  if (audit_) return *audit_;
  const Json& section = recipe_["audit"];
  const Dataset& looked_at = audited();
  const fs::path folder = StageFolder("audit");
  audit_ = RunAudit(
      looked_at, section,
      {.recipe = &recipe_.value, .whole = large_ ? &large_->whole : nullptr, .memory = &memory()});
  if (large_) WriteJson(folder / "whole.json", large_->whole.ToJson());
  audit_->source = recipe_["data"]["source"].get<std::string>();
  audit_->sha256 = digest().sha256;
  WriteFindings(folder / "findings.parquet", *audit_);
  WriteScores(folder / "scores.parquet", looked_at, *audit_);
  WriteProbabilities(folder / "probabilities.parquet", looked_at, *audit_);
  WriteJson(folder / "audit.json", AuditToJson(*audit_));
  memory_->history.push_back(SummaryOf(*audit_, folder.filename().string()));
  WriteSummary(folder_, memory_->history.back());
  return *audit_;
}

const AuditMemory& Project::memory() {
  if (!memory_) memory_ = ReadMemory(folder_, recipe_);
  return *memory_;
}

const RepairPlan& Project::lawful() {
  if (!lawful_) lawful_ = PlanLawfulUse(data(), recipe_.value);
  return *lawful_;
}

const RepairPlan& Project::repairs() {
  if (repairs_) return *repairs_;
  const fs::path file = StageFolder("clean") / "repairs.json";
  std::error_code ignored;
  if (fs::exists(file, ignored)) {
    repairs_ = ReadRepairs(file);
  } else {
    repairs_ = PlanLawfulRepairs(data(), lawful(), RepairsNeedAudit() ? audit() : AuditResult{},
                                 recipe_["clean"], &duplicates());
    WriteQuarantine(file.parent_path() / "quarantine", data(), *repairs_);
    WriteRepairs(file, *repairs_);  // last: where it is, the stage is whole
  }
  return *repairs_;
}

void Project::CleanAgain() {
  std::error_code ignored;
  fs::remove(StageFolder("clean") / "repairs.json", ignored);
  repairs_.reset();
  repaired_.reset();
  split_.reset();
}

const std::vector<int64_t>& Project::undone() {
  if (undone_) return *undone_;
  const fs::path file = StageFolder("clean") / "undone.json";
  std::error_code ignored;
  undone_.emplace();
  if (fs::exists(file, ignored)) undone_ = ReadJson(file).get<std::vector<int64_t>>();
  return *undone_;
}

void Project::Undo(const std::vector<int64_t>& numbers) {
  const int64_t count = static_cast<int64_t>(repairs().repairs.size());
  std::set<int64_t> all(undone().begin(), undone().end());
  if (numbers.empty()) all.clear();
  for (const int64_t number : numbers) {
    if (number >= count) {
      throw Error(ErrorKind::kUsage,
                  "there is no repair " + std::to_string(number) + "; there are " +
                      std::to_string(count) + ", numbered from 0",
                  {}, "bottega clean --list");
    }
    const Repair& repair = repairs().repairs[static_cast<size_t>(number)];
    if (repair.repair == kLawfulUse) {
      throw Error(ErrorKind::kUsage,
                  "repair " + std::to_string(number) + " cannot be undone: " + repair.reason, {},
                  "bottega list section data");
    }
    all.insert(number);
  }
  undone_.emplace(all.begin(), all.end());
  WriteJson(StageFolder("clean") / "undone.json", *undone_);
  repaired_.reset();
  split_.reset();
}

const Dataset& Project::repaired() {
  if (repaired_) return *repaired_;
  repaired_ =
      undone().empty() ? ApplyRepairs(data(), repairs()) : UndoRepairs(data(), repairs(), undone());
  return *repaired_;
}

const SplitOutcome& Project::split() {
  if (split_) return *split_;
  const Duplicates duplicates = FindDuplicates(repaired());
  split_ = MakeSplitOutcome(repaired(), recipe_["split"], &duplicates);
  WriteRowPlan(StageFolder("split") / "split.parquet", split_->plan);
  return *split_;
}

}  // namespace bottega

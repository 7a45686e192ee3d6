#include "cli/project.h"

#include <algorithm>
#include <cstdint>
#include <map>

#include "audit/result_json.h"
#include "audit/run_audit.h"
#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/progress.h"
#include "base/quantity.h"
#include "base/version.h"
#include "clean/forget/forgotten.h"
#include "clean/lawful_rows.h"
#include "cli/audit_memory.h"
#include "cli/streamable.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

// Sections that a stage's result depends on.
const std::map<std::string, std::vector<std::string>>& StageSections() {
  static const std::map<std::string, std::vector<std::string>> kSections = {
      {"audit", {"data", "audit"}},
      {"clean", {"data", "clean"}},
      {"split", {"data", "clean", "split"}}};
  return kSections;
}

// What of the audit section matters to repairs, which run some of its checks.
Json OfRepairs(const Json& audit) {
  Json part;
  for (const char* key : {"checks", "adjust", "sample", "level", "seed"}) part[key] = audit[key];
  return part;
}

// Text takes about this many times its size once it is a table with its codes and features.
constexpr int64_t kBytesHeldPerByte = 6;
// Of train.max_rss, what the sample of a stream may come to hold.
constexpr int64_t kSampleShare = 4;

std::optional<int64_t> MaxRss(const Recipe& recipe) {
  const Json& setting = recipe["train"]["max_rss"];
  return setting.is_null() ? std::nullopt : ParseBytes(setting.get<std::string>());
}

// The rows that stand for a source that is streamed, and how many it has.
RawTable SampleOf(const fs::path& source, const Recipe& recipe, int64_t* all_rows) {
  const Json& audit = recipe["audit"];
  SampleSize size{.rows = audit["large_sample"].get<int64_t>()};
  if (const auto most = MaxRss(recipe)) size.bytes = *most / kSampleShare / kBytesHeldPerByte;
  return SampleTable(source, recipe["data"], size, audit["seed"].get<uint64_t>(), all_rows);
}

}  // namespace

Project::Project(fs::path folder, Recipe recipe, ReadAhead ahead)
    : folder_(std::move(folder)),
      recipe_(std::move(recipe)),
      store_(folder_),
      read_(std::move(ahead.read)),
      large_(std::move(ahead.large)) {
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

void Project::StreamIfLarge() {
  if (streamed_) return;
  // Rows that are held already need no stream.
  streamed_ = !data_ && ShouldStream();
  if (!*streamed_) return;
  Note(SourcePath(recipe_["data"], folder_).filename().string() +
       " is streamed: the model learns from all of its rows; steps, validation and test take a "
       "sample, and no repairs are made");
}

bool Project::ShouldStream() {
  const std::string wanted = recipe_["train"]["stream"];
  const fs::path source = SourcePath(recipe_["data"], folder_);
  const auto beyond = [&](int64_t memory) {
    return IsLargeTable(source, recipe_["data"], memory / kBytesHeldPerByte);
  };
  if (wanted != "auto") return wanted == "always" && beyond(0);
  if (beyond(AvailableMemory())) return true;
  const std::optional<int64_t> most = MaxRss(recipe_);
  return most && beyond(*most) && CanStream();
}

// Of a source that is there: its hash is asked for without data(), which would hold all rows.
bool Project::CanStream() {
  if (!StreamHindrances(recipe_).empty()) return false;
  if (!digest_) digest_ = HashSource();
  return !ChooseVersion();
}

const Dataset& Project::data() {
  if (!data_ && streamed()) {
    const fs::path source = SourcePath(recipe_["data"], folder_);
    if (large_ && !MaxRss(recipe_)) {
      streamed_rows_ = large_->whole.rows();
      data_ = OpenSample(large_->sample, recipe_["data"], source);
    } else {
      data_ = OpenSample(SampleOf(source, recipe_, &streamed_rows_), recipe_["data"], source);
    }
  }
  if (!data_) {
    data_ = OpenDataset(recipe_["data"], folder_, read_.get());
    read_.reset();
  }
  return *data_;
}

int64_t Project::streamed_rows() {
  data();
  return streamed_rows_;
}

const Duplicates& Project::duplicates() {
  if (!duplicates_) duplicates_ = FindDuplicates(data());
  return *duplicates_;
}

bool Project::RepairsNeedAudit() const { return recipe_["clean"]["labels"] != "keep"; }

std::string Project::StageDigest(const std::string& stage) {
  Json parts = {{"source", digest().sha256}, {"version", kVersion}};
  for (const std::string& section : StageSections().at(stage)) parts[section] = recipe_[section];
  if (parts.contains("clean")) parts["clean"].erase("version");
  if (stage == "audit" && embedder_) parts["model"] = embedder_->sha256;
  if (stage != "audit") parts["audit"] = OfRepairs(recipe_["audit"]);
  if (stage != "audit" && streamed()) parts["streamed"] = data().size();
  for (const char* told : {"consent", "licence", "retention", "guideline"}) {
    parts["data"].erase(told);
  }
  if (parts.contains("audit")) {
    for (const char* about : {"waivers", "every"}) parts["audit"].erase(about);
  }
  // Who withdrew, and what is past retention today, makes another stage. Who was forgotten does
  // not: what a person decided about the other rows stands.
  if (stage != "audit") {
    RepairPlan lasting = lawful();
    std::erase_if(lasting.repairs, [](const Repair& r) { return r.reason == kForgotten; });
    if (!lasting.repairs.empty()) parts["lawful"] = RepairsToJson(lasting);
  }
  if (stage == "split" && !version()) {
    if (const auto ruled = DigestOfRulings(reviews()); !ruled.empty()) parts["reviewed"] = ruled;
  }
  if (stage == "split" && version()) {
    parts["data_version"] = version()->name;
  } else if (stage == "split") {
    if (const auto decided = Decisions(plan()); !decided.empty()) parts["decided"] = decided;
  }
  return Sha256Hex(CanonicalJson(parts)).substr(0, 16);
}

fs::path Project::StageFolder(const std::string& stage) {
  return folder_ / ".bottega" / stage / StageDigest(stage);
}

const Dataset& Project::audited() {
  if (!audited_) audited_ = WithoutForgotten(folder_, Looked());
  return *audited_;
}

const Dataset& Project::Looked() {
  if (looked_) return *looked_;
  const Json& section = recipe_["data"];
  const fs::path source = SourcePath(section, folder_);
  if (!large_ && (!data_ || streamed())) large_ = ReadIfLarge(source, section, recipe_["audit"]);
  if (!large_ && !streamed()) return data();
  looked_ = large_ ? OpenSample(large_->sample, section, source) : OpenDataset(section, folder_);
  return *looked_;
}

const AuditResult& Project::audit() {
  if (audit_) return *audit_;
  const Json& section = recipe_["audit"];
  const Dataset& looked_at = audited();
  if (embedder_ && large_) {
    throw Error(
        ErrorKind::kUsage,
        "a model describes the rows of tables up to audit.large only, and this one is larger",
        {.file = recipe_["data"]["source"].get<std::string>()}, "bottega audit");
  }
  const fs::path folder = StageFolder("audit");
  memory();
  memory_->reviewed =
      ReviewedRows(looked_ ? ReadReviews(folder_, looked_at, digest().sha256) : reviews());
  std::optional<Embedding> embedding;
  if (embedder_) embedding = embedder_->embed(*this, looked_at);
  audit_ = RunAudit(looked_at, section,
                    {.recipe = &recipe_.value,
                     .whole = large_ ? &large_->whole : nullptr,
                     .memory = &memory(),
                     .embedding = embedding ? &*embedding : nullptr});
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
  if (!lawful_) {
    lawful_ = PlanLawfulUse(data(), recipe_.value);
    SetForgottenAside(ForgottenRowsOf(folder_, data()), &*lawful_);
  }
  return *lawful_;
}

const RepairPlan& Project::plan() { return PlanToDecide(); }

RepairPlan Project::MakePlan() {
  if (streamed()) {
    RepairPlan none = WithLawfulUse(lawful(), {.sure = recipe_["clean"]["sure"].get<double>()});
    none.source = recipe_["data"]["source"].get<std::string>();
    none.sha256 = digest().sha256;
    return none;
  }
  RepairSources sources{.audit_section = &recipe_["audit"], .reviews = &reviews()};
  if (RepairsNeedAudit()) sources.audit = &audit();
  RepairPlan plan;
  if (lawful().repairs.empty()) {
    sources.duplicates = &duplicates();
    plan = PlanRepairs(data(), recipe_["clean"], sources);
  } else {
    const Dataset allowed = ApplyRepairs(data(), lawful());
    plan = WithLawfulUse(lawful(), PlanRepairs(allowed, recipe_["clean"], sources));
  }
  plan.source = recipe_["data"]["source"].get<std::string>();
  plan.sha256 = digest().sha256;
  return plan;
}

RepairPlan& Project::PlanToDecide() {
  if (plan_) return *plan_;
  std::error_code ignored;
  std::optional<RepairPlan> kept;
  if (fs::exists(PlanFile(), ignored)) kept = ReadRepairs(PlanFile());
  if (kept && kept->reviewed == DigestOfRulings(reviews())) {
    plan_ = WithLawfulUse(lawful(), *std::move(kept));
    return *plan_;
  }
  plan_ = MakePlan();
  if (kept) CarryDecisions(*kept, reviews(), &*plan_);
  SavePlan();
  return *plan_;
}

const Reviews& Project::reviews() {
  if (!reviews_) reviews_ = ReadReviews(folder_, data(), digest().sha256);
  return *reviews_;
}

void Project::Reviewed() {
  reviews_.reset();
  plan_.reset();
  repaired_.reset();
  split_.reset();
}

std::vector<fs::path> Project::AuditFolders() {
  std::vector<fs::path> folders = {StageFolder("audit")};
  const std::vector<AuditSummary>& history = memory().history;
  for (auto audit = history.rbegin(); audit != history.rend(); ++audit) {
    if (audit->sha256 != digest().sha256 || audit->digest.empty()) continue;
    folders.push_back(folder_ / ".bottega" / "audit" / audit->digest);
  }
  std::error_code ignored;
  std::erase_if(folders, [&](const fs::path& folder) {
    return !fs::exists(folder / "findings.parquet", ignored);
  });
  return folders;
}

const AuditResult& Project::NewestAudit() {
  if (newest_) return *newest_;
  for (const fs::path& folder : AuditFolders()) {
    newest_ = AuditFromJson(ReadJson(folder / "audit.json"), (folder / "audit.json").string());
    newest_->findings = ReadFindings(folder / "findings.parquet");
    return *newest_;
  }
  Note("these data were not audited yet: auditing");
  newest_ = audit();
  return *newest_;
}

void Project::SavePlan() {
  WriteQuarantine(PlanFile().parent_path() / "quarantine", data(), Chosen(*plan_));
  WriteRepairs(PlanFile(), *plan_);  // last: where it is, the stage is whole
  repaired_.reset();
  split_.reset();
}

void Project::SuggestLabelRepairs() {
  if (plan().labels) return;
  SuggestLabels(ApplyRepairs(data(), plan()), audit(), &*plan_);
  SavePlan();
}

void Project::CleanAgain() {
  std::error_code ignored;
  fs::remove(PlanFile(), ignored);
  plan_.reset();
  repaired_.reset();
  split_.reset();
}

const std::optional<Version>& Project::version() {
  if (version_) return *version_;
  std::optional<Version> chosen = ChooseVersion();
  if (streamed() && chosen) {
    throw Error(ErrorKind::kRecipe,
                "a table that is streamed is learned from as it is, but clean.version takes the "
                "repairs of version " +
                    chosen->name,
                {.file = recipe_["data"]["source"].get<std::string>()},
                "bottega train --set clean.version=none");
  }
  version_.emplace(std::move(chosen));
  return *version_;
}

std::optional<Version> Project::ChooseVersion() {
  const std::string wanted = recipe_["clean"]["version"].get<std::string>();
  if (wanted == "none") return std::nullopt;
  if (wanted == "auto") return VersionOf(ListVersions(folder_), digest().sha256);
  Version named = FindVersion(folder_, wanted);
  if (named.source_sha256 != digest().sha256) {
    throw Error(
        ErrorKind::kRecipe,
        "clean.version: version " + named.name + " was made of " + named.source + " as it was then",
        {}, "bottega clean --versions");
  }
  return named;
}

Version Project::Apply(const RepairPlan& plan) {
  if (!plan.sha256.empty() && plan.sha256 != digest().sha256) {
    throw Error(ErrorKind::kData,
                "the plan was made for " + plan.source + " with other content than the data have",
                {.file = plan.source}, "bottega clean --plan");
  }
  const Version version =
      WriteVersion(folder_, data(), digest().sha256, WithLawfulUse(lawful(), plan));
  version_.reset();
  of_version_.reset();
  repaired_.reset();
  split_.reset();
  return version;
}

const RepairPlan& Project::repairs() {
  if (!version()) return plan();
  if (!of_version_) {
    of_version_ = WithLawfulUse(lawful(), ReadRepairs(version()->folder / "repairs.json"));
  }
  return *of_version_;
}

const Dataset& Project::repaired() {
  if (!repaired_) repaired_ = ApplyRepairs(data(), repairs());
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

#include "clean/forget/forget.h"

#include <algorithm>
#include <set>

#include "base/clock.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/text.h"
#include "clean/forget/edit_run.h"
#include "clean/forget/edit_version.h"
#include "clean/forget/forgotten.h"
#include "clean/forget/looking.h"
#include "clean/forget/out_of_reach.h"
#include "clean/forget/take_out.h"
#include "clean/lawful_rows.h"
#include "run/run_folder.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

std::string Rows(int64_t count) { return FormatCount(count) + (count == 1 ? " row" : " rows"); }

}  // namespace

Forgetting::Forgetting(ForgetTask task, const RowCondition& condition)
    : task_(std::move(task)),
      states_(FindStates(task_.project, task_.section, *task_.present, task_.sha256, condition)),
      versions_(ListVersions(task_.project)),
      person_(DescribePerson(states_, condition, versions_, task_.is_word)),
      all_(person_.values),
      named_(WithLetters(person_.values)) {
  receipt_ = {.id = NewRunId(),
              .time = NowUtc(),
              .condition = condition.Outline(),
              .source = task_.section.at("source"),
              .source_sha256 = task_.sha256,
              .rows = static_cast<int64_t>(states_[0].chosen.size())};
}

int64_t Forgetting::chosen() const {
  int64_t rows = 0;
  for (const SourceState& state : states_) rows += static_cast<int64_t>(state.chosen.size());
  return rows;
}

fs::path Forgetting::PathIn(const fs::path& path) const {
  const fs::path whole = fs::absolute(path).lexically_normal();
  const fs::path inside = whole.lexically_relative(fs::absolute(task_.project).lexically_normal());
  return inside.empty() || inside.begin()->string() == ".." ? whole : inside;
}

void Forgetting::TakeRowsOut(const Holding& holding, const RowChange& change) {
  const fs::path now = staging_->Current(holding.path);
  if (now.empty() || change.empty() || !JoinsOnRow(holding)) return;
  const fs::path staged = staging_->Fresh(holding.path);
  const TakenOut out = TakeOutOfFile(now, change, staged);
  if (out.nothing_left) {
    staging_->Remove(holding.path, "removed: it was about the row");
  } else if (out.changed) {
    NameNewState(holding, staged);
    staging_->Replace(holding.path, staged,
                      out.count == 0 ? "rows renumbered" : Rows(out.count) + " taken out");
  }
}

// A label patch says of which data its row numbers are.
void Forgetting::NameNewState(const Holding& holding, const fs::path& staged) const {
  if (holding.kind != HoldingKind::kReview || staged.extension() != ".json") return;
  Json json = ReadJson(staged);
  const SourceState* state = StateOf(states_, StateHashOf(task_.project, holding));
  if (state == nullptr || !state->change.cut || !json.is_object()) return;
  json["sha256"] = state->sha256_after;
  WriteJson(staged, json);
}

void Forgetting::BlotOut(const Holding& holding) {
  const fs::path now = staging_->Current(holding.path);
  if (now.empty() || ValuesHeld(holding, now, all_, named_) == 0) return;
  const fs::path staged = staging_->Fresh(holding.path);
  const bool recipe = holding.kind == HoldingKind::kRecipe || holding.path.extension() == ".yaml";
  int64_t count = 0;
  const Blotted blotted = BlotFile(now, recipe ? named_ : all_, staged, &count, NumbersOf(holding));
  if (blotted == Blotted::kCannot) {
    staging_->Remove(holding.path, "removed: it named the person");
  } else if (blotted == Blotted::kWritten) {
    staging_->Replace(holding.path, staged,
                      FormatCount(count) + (count == 1 ? " value" : " values") + " blotted out");
  }
}

// Whether a cache knows of the rows, or names the person.
bool Forgetting::Holds(const Holding& holding) const {
  const std::string sha256 = StateHashOf(task_.project, holding);
  const SourceState* state = StateOf(states_, sha256.empty() ? task_.sha256 : sha256);
  const fs::path file = task_.project / holding.path;
  if (state != nullptr && !state->change.empty()) {
    if (state->change.cut || (JoinsOnRow(holding) && !HeldAbout(file, state->change).empty())) {
      return true;
    }
  }
  return ValuesHeld(holding, file, all_, named_) > 0;
}

// Caches are made again when they are asked for: one that holds anything goes as a whole.
void Forgetting::StageCaches(const std::vector<Holding>& holdings) {
  std::set<fs::path> gone;
  for (const Holding& holding : holdings) {
    const bool cache = holding.kind == HoldingKind::kCache;
    if (cache && !gone.contains(holding.Folder()) && Holds(holding)) gone.insert(holding.Folder());
  }
  for (const Holding& holding : holdings) {
    if (holding.kind == HoldingKind::kCache && gone.contains(holding.Folder())) {
      staging_->Remove(holding.path, "removed: it is made again when it is asked for");
    }
  }
}

void Forgetting::StageHolding(const Holding& holding) {
  switch (holding.kind) {
    case HoldingKind::kLeftOver:
      staging_->Remove(holding.path, "removed: a killed process left it");
      return;
    case HoldingKind::kCache:
    case HoldingKind::kIndex:
    case HoldingKind::kReceipt:
    case HoldingKind::kMemory:
      return;
    default:
      break;
  }
  const std::string sha256 = StateHashOf(task_.project, holding);
  const SourceState* state = StateOf(states_, sha256.empty() ? task_.sha256 : sha256);
  if (state != nullptr) {
    if (holding.kind == HoldingKind::kPlan && !state->change.empty()) StagePlan(holding, *state);
    if (holding.kind == HoldingKind::kReview) StageReviewLog(holding);
    TakeRowsOut(holding, state->change);
  }
  const bool report = holding.kind == HoldingKind::kRun && holding.name() == "report.html";
  const bool of_version = holding.kind == HoldingKind::kVersion &&
                          holding.path.parent_path().filename() == holding.of &&
                          holding.path.extension() != ".json";
  // Reports are made anew; a version's table has lost the rows, and its hash is known.
  if (!report && !of_version) BlotOut(holding);
}

// A plan's page is made again by `clean --plan`.
void Forgetting::StagePlan(const Holding& holding, const SourceState& state) {
  if (holding.path.extension() == ".html") {
    staging_->Remove(holding.path, "removed: `bottega clean --plan` writes it again");
  } else if (holding.name() == "repairs.json") {
    const RepairPlan plan = ReadRepairs(task_.project / holding.path);
    const RepairPlan without = PlanWithout(plan, state);
    if (RepairsToJson(plan) == RepairsToJson(without)) return;
    const fs::path staged = staging_->Fresh(holding.path);
    WriteRepairs(staged, without);
    staging_->Replace(holding.path, staged, "rows taken out");
  }
}

// Lines of a log know their row by what it holds, whichever data they were written about.
void Forgetting::StageReviewLog(const Holding& holding) {
  if (holding.path.extension() != ".jsonl") return;
  const std::string text = ReadFile(task_.project / holding.path);
  const std::string kept = ReviewWithout(text, holding.path.string(), states_);
  if (kept == text) return;
  const fs::path staged = staging_->Fresh(holding.path);
  WriteFileAtomic(staged, kept);
  staging_->Replace(holding.path, staged,
                    "lines taken out: its chain of hashes is broken there from now on");
}

void Forgetting::StageVersions() {
  for (const Version& version : versions_) {
    const SourceState* state = StateOf(states_, version.source_sha256);
    if (state == nullptr || state->chosen.empty()) continue;
    const std::vector<int64_t> known = ForgottenRows(ReadRepairs(version.folder / "repairs.json"));
    if (!state->change.cut && std::ranges::includes(known, state->chosen)) continue;  // done before
    StageVersionWithout(task_.project, version, *state, staging_.get());
  }
}

void Forgetting::StageRuns() {
  for (const RunFolder& run : ListRuns(task_.project)) {
    locks_.push_back(std::make_unique<FolderLock>(run.path(), "wait for it to end"));
    const std::string sha256 = run.Read("manifest.json").at("inputs").at("sha256");
    const SourceState* state = StateOf(states_, sha256);
    if (state == nullptr) {
      receipt_.out_of_reach.push_back(
          "run " + run.id() +
          " was made of data that are gone: its row numbers are unknown; what names the person was "
          "blotted out");
      continue;
    }
    const StaleRun stale = StaleOf(run, *state);
    const bool touched = stale.training + stale.judging > 0;
    if (touched) receipt_.stale.push_back(stale);
    const bool set_aside = run.Has("repairs.json") && MentionsRows(run, state->change);
    if (touched || set_aside || (state->change.cut && !state->change.empty())) {
      StageRunWithout(task_.project, run, *state, person_, staging_.get());
    }
  }
}

void Forgetting::StageMemory() {
  Forgotten forgotten = Forgotten::Read(task_.project);
  const std::string before = forgotten.Text();
  for (const SourceState& state : states_) forgotten.Add(state, person_);
  std::error_code ignored;
  if (forgotten.Text() == before && fs::exists(ForgottenFile(task_.project), ignored)) return;
  const fs::path staged = staging_->Fresh("forgotten.json");
  WriteFileAtomic(staged, forgotten.Text());
  staging_->Replace(ForgottenFile(task_.project).lexically_relative(task_.project), staged,
                    "keyed hashes by which the rows are known again");
}

const std::map<std::string, StagedFile>& Forgetting::Stage() {
  staging_ = std::make_unique<Staging>(task_.project);
  StageSource();
  StageVersions();
  StageRuns();
  const std::vector<Holding> holdings = ListHoldings(task_.project);
  StageCaches(holdings);
  for (const Holding& holding : holdings) StageHolding(holding);
  if (staging_->files().empty() && receipt_.stale.empty() && !task_.from_source) {
    const std::vector<int64_t> known = ForgottenRowsOf(task_.project, states_[0].data);
    if (std::ranges::includes(known, states_[0].chosen)) return staging_->files();
  }
  StageMemory();
  for (std::string& line : OutOfReach(task_.project, task_.source, task_.from_source, states_, all_,
                                      staging_->files())) {
    receipt_.out_of_reach.push_back(std::move(line));
  }
  return staging_->files();
}

void Forgetting::Commit() {
  Json values = Json::array(), runs = Json::array();
  for (const SoughtValue& value : person_.values) values.push_back({value.text, value.part});
  for (const std::string& run : RunsToRender()) {
    const fs::path report = task_.project / "runs" / run / "report.html";
    runs.push_back({{"run", run}, {"before", Sha256OfFile(report)}});
  }
  staging_->Commit({{"receipt", receipt_.ToJson()}, {"values", values}, {"reports", runs}});
  locks_.clear();
}

// Reports show rows and what a run says of them: those of runs that change are written anew.
std::vector<std::string> Forgetting::RunsToRender() const {
  std::vector<std::string> runs;
  for (const RunFolder& run : ListRuns(task_.project)) {
    if (!run.Has("report.html")) continue;
    const std::string prefix = "runs/" + run.id() + "/";
    const auto first = staging_->files().lower_bound(prefix);
    const bool changes = first != staging_->files().end() && first->first.starts_with(prefix);
    if (changes || ValuesIn(run.File("report.html"), all_) > 0) runs.push_back(run.id());
  }
  return runs;
}

}  // namespace bottega

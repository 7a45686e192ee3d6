#include "clean/forget/edit_run.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"
#include "clean/forget/kept_rows.h"
#include "clean/forget/streamed_run.h"
#include "clean/lawful_rows.h"
#include "clean/plan.h"
#include "clean/steps/impute_rows.h"
#include "profile/statistics.h"
#include "run/row_files.h"
#include "run/sub_run.h"
#include "split/row_plan.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

RowPlan SplitOf(const RunFolder& run) {
  return run.Has("split.parquet") ? ReadRowPlan(run.File("split.parquet")) : RowPlan();
}

std::vector<int64_t> RowsOf(const RowPlan& split, Part part) {
  std::vector<int64_t> rows;
  for (size_t i = 0; i < split.row.size(); ++i) {
    if (split.part[i] == part) rows.push_back(split.row[i]);
  }
  return rows;
}

// A plan of repairs that fitted the data, less what was forgotten since.
Dataset RepairedData(const RunFolder& run, const SourceState& state) {
  const Json section = run.Read("manifest.json").at("recipe").at("data");
  const Dataset data = OpenAs(section, state.data.source, run.Project());
  return ApplyRepairs(data, ReadRepairs(run.File("repairs.json")));
}

// What the training rows that stay look like; null when that cannot be told any more.
Json ProfileWithout(const RunFolder& run, const SourceState& state) {
  if (!state.missing.empty()) return nullptr;
  try {
    const Dataset data = RepairedData(run, state);
    std::set<int64_t> wanted;
    for (const int64_t row : RowsOf(SplitOf(run), Part::kTrain)) {
      if (!state.change.Gone(row)) wanted.insert(row);
    }
    std::vector<int64_t> positions;
    for (int64_t i = 0; i < data.size(); ++i) {
      if (wanted.contains(data.rows[static_cast<size_t>(i)])) positions.push_back(i);
    }
    if (positions.size() != wanted.size()) return nullptr;
    return ProfileDataset(TakeRows(data, positions));
  } catch (const Error&) {
    return nullptr;  // blotting is left then
  }
}

// Takes the donors that are rows which go out of every imputation of the plan.
void DropDonors(const std::vector<int64_t>& training, const RowChange& change, Json* json) {
  if (!json->is_structured()) return;
  if (json->is_object() && json->contains("donors") && (*json)["donors"].is_array()) {
    const Json donors = (*json)["donors"];
    const std::vector<size_t> kept = DonorsOf(training, training.size(), donors.size());
    Json left = Json::array();
    for (size_t d = 0; d < donors.size(); ++d) {
      const bool gone = d < kept.size() && change.Gone(training[kept[d]]);
      if (!gone) left.push_back(donors[d]);
    }
    if (!left.empty()) (*json)["donors"] = std::move(left);
    return;
  }
  for (Json& part : *json) DropDonors(training, change, &part);
}

// The hashes by which `encode` knows rare values again would still know the person's.
void DropRareHashes(const Person& person, Json* json) {
  if (!json->is_structured()) return;
  if (json->is_object() && json->contains("rare_sha256") && json->contains("salt")) {
    std::set<std::string> own;
    const std::string salt = json->at("salt");
    for (const SoughtValue& value : person.values) {
      own.insert(Sha256().Update(salt).Update(value.text).Hex().substr(0, 16));
    }
    Json left = Json::array();
    for (const Json& hash : (*json)["rare_sha256"]) {
      if (!own.contains(hash.get<std::string>())) left.push_back(hash);
    }
    (*json)["rare_sha256"] = std::move(left);
    return;
  }
  for (Json& part : *json) DropRareHashes(person, &part);
}

void StagePlan(const RunFolder& run, const fs::path& folder, const SourceState& state,
               const Person& person, Staging* staging) {
  if (!run.Has("plan.json")) return;
  const Json before = run.Read("plan.json");
  Json plan = before;
  DropDonors(RowsOf(SplitOf(run), Part::kTrain), state.change, &plan["steps"]);
  DropRareHashes(person, &plan["steps"]);
  if (plan == before) return;
  const fs::path staged = staging->Fresh("plan.json");
  WriteJson(staged, plan);
  staging->Replace(folder / "plan.json", staged, "kept rows and hashes of values taken out");
}

// folds/<name> and seeds/<name>, where the run has them.
std::vector<std::string> SideFolders(const RunFolder& run) {
  std::vector<std::string> folders;
  std::error_code ignored;
  for (const std::string kind : {"folds", "seeds"}) {
    for (const auto& entry : fs::directory_iterator(run.File(kind), ignored)) {
      folders.push_back(kind + "/" + entry.path().filename().string());
    }
  }
  std::ranges::sort(folders);
  return folders;
}

// A step that broke cannot be computed again without one of its rows.
void StageBrokenSteps(const RunFolder& run, const fs::path& folder,
                      const std::vector<fs::path>& files, const RowChange& change,
                      Staging* staging) {
  for (const fs::path& inside : files) {
    const fs::path step = inside.parent_path();
    if (inside.filename() != "report.json" || step.filename() != kBrokenStep) continue;
    const Json rows = ReadJson(run.path() / inside).at("batch_rows");
    const bool held =
        std::ranges::any_of(rows, [&](const Json& row) { return change.Gone(row.get<int64_t>()); });
    if (!held && !change.cut) continue;
    for (const fs::path& file : ListFiles(run.path() / step)) {
      staging->Remove(folder / step / file, "removed: the step cannot be computed again");
    }
  }
}

// What becomes of a training that streams once its rows are gone.
std::string WithoutStreamedRows(const RunFolder& run, const std::vector<fs::path>& files) {
  const bool begun = std::ranges::any_of(files, [](const fs::path& file) {
    return file.string().find("checkpoints/") != std::string::npos;
  });
  const std::optional<SubRunKind> kind = KindOf(run.Read("manifest.json"));
  const std::string command = std::string("`bottega ") + (kind ? kind->verb : "train");
  // A checkpoint is of as many rows as there were.
  return begun ? "removed: the training has to start anew, by " + command + "`"
               : "removed: " + command + " --resume` writes it again";
}

}  // namespace

StaleRun StaleOf(const RunFolder& run, const SourceState& state) {
  StaleRun stale{.run = run.id()};
  const RowPlan split = SplitOf(run);
  const bool folds = run.Has("folds");  // their models learned from validation rows as well
  for (size_t i = 0; i < split.row.size(); ++i) {
    if (!state.change.Gone(split.row[i])) continue;
    const Part part = split.part[i];
    const bool learned = part == Part::kTrain || (folds && part == Part::kValidation);
    ++(learned ? stale.training : stale.judging);
  }
  stale.training += static_cast<int64_t>(LearnedBesideSample(run, state).size());
  return stale;
}

bool MentionsRows(const RunFolder& run, const RowChange& change) {
  for (const Repair& repair : ReadRepairs(run.File("repairs.json")).repairs) {
    if (repair.reason == kForgotten) continue;
    if (std::ranges::any_of(repair.rows, [&](int64_t row) { return change.Gone(row); }))
      return true;
  }
  return false;
}

void StageRunWithout(const fs::path& project, const RunFolder& run, const SourceState& state,
                     const Person& person, Staging* staging) {
  const fs::path folder = run.path().lexically_relative(project);
  if (run.Has("repairs.json")) {
    const fs::path staged = staging->Fresh("repairs.json");
    WriteRepairs(staged, PlanWithout(ReadRepairs(run.File("repairs.json")), state));
    staging->Replace(folder / "repairs.json", staged, "rows taken out");
  }
  StagePlan(run, folder, state, person, staging);
  for (const std::string& side : SideFolders(run)) {
    StagePlan(RunFolder(run.File(side)), folder / side, state, person, staging);
  }
  const std::vector<fs::path> files = ListFiles(run.path());
  StageKeptRows(project, run, files, state.change, staging);
  StageBrokenSteps(run, folder, files, state.change, staging);
  if (run.Has(kStreamedRows)) {
    staging->Remove(folder / kStreamedRows, WithoutStreamedRows(run, files));
  }
  if (run.Has("profile.json") && StaleOf(run, state).training > 0) {
    if (const Json profile = ProfileWithout(run, state); !profile.is_null()) {
      const fs::path staged = staging->Fresh("profile.json");
      WriteJson(staged, profile);
      staging->Replace(folder / "profile.json", staged, "made anew of the rows that stay");
    }
  }
  if (!state.change.cut) return;
  Json manifest = run.Read("manifest.json");
  manifest["inputs"]["sha256"] = state.sha256_after;
  const fs::path staged = staging->Fresh("manifest.json");
  WriteJson(staged, manifest);
  staging->Replace(folder / "manifest.json", staged, "the source's new hash");
}

}  // namespace bottega

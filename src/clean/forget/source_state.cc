#include "clean/forget/source_state.h"

#include <set>

#include "base/error.h"
#include "clean/lawful_rows.h"
#include "data/open.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

// Without the rows, and without anything that keeps them aside.
RepairPlan Erased(RepairPlan plan, const RowChange& change) {
  std::erase_if(plan.repairs, [&](Repair& repair) {
    const bool had_rows = !repair.rows.empty();
    std::erase_if(repair.rows, [&](int64_t row) { return change.Gone(row); });
    for (int64_t& row : repair.rows) row = change.Now(row);
    repair.reason = SentenceNow(repair.reason, change);
    return had_rows && repair.rows.empty();
  });
  return plan;
}

// Rows that meet the condition as `version` left them. A condition on what it has no more, or a
// version that cannot be made here, chooses none.
std::vector<int64_t> ChosenOfVersion(const Version& version, const SourceState& state,
                                     const RowCondition& condition) {
  try {
    const RepairPlan plan =
        Erased(ReadRepairs(version.folder / "repairs.json"), {.gone = state.missing});
    const Dataset repaired = ApplyRepairs(state.data, plan);
    std::vector<int64_t> rows;
    for (const int64_t at : condition.Positions(repaired)) {
      rows.push_back(repaired.rows[static_cast<size_t>(at)]);
    }
    return rows;
  } catch (const Error&) {
    return {};
  }
}

void Choose(const RowCondition& condition, const std::vector<Version>& versions,
            SourceState* state) {
  std::set<int64_t> rows;
  for (const int64_t at : condition.Positions(state->data)) {
    rows.insert(state->data.rows[static_cast<size_t>(at)]);
  }
  for (const Version& version : versions) {
    if (version.source_sha256 != state->sha256) continue;
    for (const int64_t row : ChosenOfVersion(version, *state, condition)) rows.insert(row);
  }
  state->chosen.assign(rows.begin(), rows.end());
  if (rows.empty()) return;
  rows.insert(state->missing.begin(), state->missing.end());
  state->change = {.gone = {rows.begin(), rows.end()}, .cut = !state->present};
}

// Numbers as they were before `missing` left the file.
void NumberAsBefore(const std::vector<int64_t>& missing, std::vector<int64_t>* rows) {
  size_t passed = 0;
  for (int64_t& row : *rows) {  // rising
    while (passed < missing.size() && missing[passed] <= row + static_cast<int64_t>(passed)) {
      ++passed;
    }
    row += static_cast<int64_t>(passed);
  }
}

SourceState Restored(const Version& version, const Json& section, const fs::path& project) {
  SourceState state{.sha256 = version.source_sha256, .folder = std::make_shared<TemporaryFolder>()};
  const fs::path file = state.folder->path() / fs::path(version.source).filename();
  WriteFileAtomic(file, RestoreSource(version));
  state.data = OpenAs(section, file, project);
  if (version.restores_sha256 != version.source_sha256) {
    state.missing = ForgottenRows(ReadRepairs(version.folder / "repairs.json"));
    NumberAsBefore(state.missing, &state.data.rows);
  }
  return state;
}

}  // namespace

int64_t SourceState::RecordInFile(int64_t row) const {
  return row - (std::ranges::lower_bound(missing, row) - missing.begin());
}

Dataset OpenAs(const Json& section, const fs::path& source, const fs::path& project) {
  Json of_file = section;
  of_file["source"] = fs::absolute(source).string();
  try {
    return OpenDataset(of_file, project);
  } catch (const Error&) {
    return ReadTyped(source);  // it had other columns then
  }
}

std::vector<SourceState> FindStates(const fs::path& project, const Json& section,
                                    const Dataset& present, const std::string& sha256,
                                    const RowCondition& condition) {
  const std::vector<Version> versions = ListVersions(project);
  std::vector<SourceState> states;
  states.push_back({.sha256 = sha256, .present = true, .data = present});
  Choose(condition, versions, &states.back());
  for (const Version& version : versions) {
    if (version.file.empty() || StateOf(states, version.source_sha256) != nullptr) continue;
    states.push_back(Restored(version, section, project));
    try {
      Choose(condition, versions, &states.back());
    } catch (const Error&) {
      continue;  // it had other columns
    }
  }
  return states;
}

const SourceState* StateOf(const std::vector<SourceState>& states, const std::string& sha256) {
  for (const SourceState& state : states) {
    if (state.sha256 == sha256) return &state;
  }
  return nullptr;
}

RepairPlan PlanWithout(RepairPlan plan, const SourceState& state) {
  if (!state.change.cut) {
    for (Repair& repair : plan.repairs) repair.reason = SentenceNow(repair.reason, state.change);
    SetForgottenAside(state.change.gone, &plan);
    return plan;
  }
  plan = Erased(std::move(plan), state.change);
  if (!plan.sha256.empty()) plan.sha256 = state.sha256_after;
  return plan;
}

}  // namespace bottega

#include "clean/forget/edit_version.h"

#include <algorithm>

#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"
#include "clean/lawful_rows.h"
#include "data/io/delta.h"
#include "data/io/without_records.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

std::vector<int64_t> SetAsideRows(const RepairPlan& chosen) {
  std::vector<int64_t> rows;
  for (const Repair& repair : chosen.repairs) {
    if (repair.action != RepairAction::kSetAside) continue;
    rows.insert(rows.end(), repair.rows.begin(), repair.rows.end());
  }
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

// Where the rows stand in the version's table, which lacks what it set aside.
std::vector<int64_t> RecordsInTable(const std::vector<int64_t>& rows,
                                    const std::vector<int64_t>& aside) {
  std::vector<int64_t> records;
  for (const int64_t row : rows) {
    const auto at = std::ranges::lower_bound(aside, row);
    if (at == aside.end() || *at != row) records.push_back(row - (at - aside.begin()));
  }
  return records;
}

// Where in the file of the source the rows stand that its undo log may not give back.
std::vector<int64_t> RecordsInSource(const SourceState& state, const RepairPlan& plan) {
  std::vector<int64_t> rows = state.chosen;
  if (state.missing.empty()) {
    const std::vector<int64_t> earlier = ForgottenRows(plan);
    rows.insert(rows.end(), earlier.begin(), earlier.end());
  }
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  for (int64_t& row : rows) row = state.RecordInFile(row);
  return rows;
}

Json ReadingOfTable(const Json& reading) {
  Json of_table = reading;
  of_table["encoding"] = "utf-8";
  return of_table;
}

}  // namespace

void StageVersionWithout(const fs::path& project, const Version& version, const SourceState& state,
                         Staging* staging) {
  const fs::path folder = version.folder.lexically_relative(project);
  const RepairPlan plan = ReadRepairs(version.folder / "repairs.json");
  const std::vector<int64_t> aside = SetAsideRows(Chosen(plan));
  const std::vector<int64_t> records = RecordsInTable(state.chosen, aside);
  const RepairPlan without = PlanWithout(plan, state);
  const auto count = static_cast<int64_t>(state.chosen.size());
  const std::string what = FormatCount(count) + (count == 1 ? " row" : " rows") + " taken out";
  Version now = version;
  CountChanges(Chosen(without), &now);
  now.rows_after -= static_cast<int64_t>(records.size());
  if (state.change.cut) {
    now.rows_before -= count;
    now.source_sha256 = state.sha256_after;
  }
  if (!version.file.empty()) {
    const fs::path table = staging->Fresh(version.file), source = staging->Fresh(version.file);
    WriteWithoutRecords(version.folder / version.file, ReadingOfTable(state.data.reading), records,
                        table);
    WriteWithoutRecords(state.data.source, state.data.reading, RecordsInSource(state, plan),
                        source);
    const std::string bytes = ReadFile(table), restores = ReadFile(source);
    now.file_sha256 = Sha256Hex(bytes);
    now.restores_sha256 = Sha256Hex(restores);
    const fs::path undo = staging->Fresh("undo.zst");
    WriteFileAtomic(undo, MakeDelta(bytes, restores));
    std::error_code ignored;
    fs::remove(source, ignored);
    staging->Replace(folder / version.file, table, what);
    staging->Replace(folder / "undo.zst", undo, what);
  }
  const fs::path repairs = staging->Fresh("repairs.json");
  WriteRepairs(repairs, without);
  staging->Replace(folder / "repairs.json", repairs, what);
  const fs::path facts = staging->Fresh("facts");
  MakeFolders(facts);
  WriteVersionFacts(facts, now);
  staging->Replace(folder / "version.json", facts / "version.json", "counts and hashes renewed");
}

}  // namespace bottega

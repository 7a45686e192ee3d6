// The states of a project's source that its artefacts were made of: the source as it lies there,
// and earlier ones that versions give back. In each, the rows that a condition chooses.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/json.h"
#include "clean/forget/row_change.h"
#include "clean/repairs.h"
#include "clean/version.h"
#include "data/dataset.h"
#include "data/row_condition.h"

namespace bottega {

struct SourceState {
  std::string sha256;    // as the artefacts name it
  bool present = false;  // the source as it lies there now
  Dataset data;          // its rows are numbered as the artefacts number them
  // Taken out of a restored source by earlier forgetting: its file counts without them.
  std::vector<int64_t> missing;
  std::vector<int64_t> chosen;              // what the condition chooses, rising
  RowChange change;                         // of what was made of it; empty where nothing is chosen
  std::string sha256_after;                 // where `change` cuts it
  std::shared_ptr<TemporaryFolder> folder;  // where it was restored to

  // The place of a row in the file data.source.
  int64_t RecordInFile(int64_t row) const;
};

// The data section of a recipe with `source` in place of its own.
Dataset OpenAs(const Json& section, const std::filesystem::path& source,
               const std::filesystem::path& project);

// `present` first, then what versions of another hash restore. A row is chosen when it meets the
// condition as it was read, or as a version repaired it. Errors: those of the condition, of the
// present source.
std::vector<SourceState> FindStates(const std::filesystem::path& project, const Json& section,
                                    const Dataset& present, const std::string& sha256,
                                    const RowCondition& condition);

// nullptr where nothing of that state is known.
const SourceState* StateOf(const std::vector<SourceState>& states, const std::string& sha256);

// A plan of repairs made for that state, without the rows that are gone. Where the source keeps
// them, the plan sets them aside as forgotten; where it loses them, the others are renumbered.
RepairPlan PlanWithout(RepairPlan plan, const SourceState& state);

}  // namespace bottega

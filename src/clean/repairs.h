// Repairs: what can be put right without learning anything, before the split. Planned from a
// dataset and its audit, logged one by one (repairs.json), applied to a copy in memory, undone by
// applying the plan without them. The user's files are never changed; a label never is either.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "audit/finding.h"
#include "base/json.h"
#include "clean/refusal.h"
#include "data/dataset.h"
#include "profile/duplicates.h"
#include "spec/spec.h"

namespace bottega {

enum class RepairAction {
  kCell,      // cells of `column` in `rows` change from `before` to `after` (nullopt: missing)
  kSetAside,  // `rows` leave the dataset and go to quarantine/
  kRole,      // `column` changes its role from `before` to `after`
};

struct Repair {
  std::string repair;  // component that planned it, as in "merge_spellings"
  RepairAction action = RepairAction::kCell;
  std::vector<int64_t> rows;  // record numbers, rising; empty for kRole
  std::string column;         // "" for kSetAside
  std::optional<std::string> before, after;
  std::string reason;  // one sentence
};

struct RepairPlan {
  std::vector<Repair> repairs;  // in the order in which they are applied
  std::vector<Refusal> refused;
};

SpecList RepairSpecs();

// `section` is the resolved `clean` section. `duplicates` (positions of `data`) spares finding them
// again. Every repair sees the dataset as the ones before it left it.
RepairPlan PlanRepairs(const Dataset& data, const AuditResult& audit, const Json& section,
                       const Duplicates* duplicates = nullptr);

// Applies the plan; record numbers (`Dataset::rows`) are carried unchanged. Error kData when a cell
// does not hold what the plan says it holds (another source, or edited since).
Dataset ApplyRepairs(const Dataset& data, const RepairPlan& plan);

// The plan without the repairs of `indices` (into plan.repairs; those of lawful_rows.h stay), and
// without what later repairs did to the same cells: applying it gives those cells, rows and roles
// as they were read.
RepairPlan WithoutRepairs(const RepairPlan& plan, const std::vector<int64_t>& indices);
// The dataset with the repairs of `indices` (empty: all) taken back and the others applied.
Dataset UndoRepairs(const Dataset& original, const RepairPlan& plan,
                    const std::vector<int64_t>& indices = {});

// repairs.json, see doc/formats/repairs.md.
Json RepairsToJson(const RepairPlan& plan);
RepairPlan RepairsFromJson(const Json& json, const std::string& file);
void WriteRepairs(const std::filesystem::path& path, const RepairPlan& plan);
RepairPlan ReadRepairs(const std::filesystem::path& path);

// What was taken out of the data, as it was read: folder/rows.csv (row, repair, reason, the row's
// cells; one line a row that was set aside), folder/cells.csv (row, column, cell, repair, reason;
// one line a cell that was set to missing), folder/pictures.txt (paths of the pictures among the
// rows). Files with nothing to say are not written. Returns how many rows were set aside.
int64_t WriteQuarantine(const std::filesystem::path& folder, const Dataset& original,
                        const RepairPlan& plan);

}  // namespace bottega

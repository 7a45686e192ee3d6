// Repairs: what can be put right without learning anything, before the split. A plan lists them in
// order, each with its evidence, how sure it is and whether it is applied; a person may decide
// otherwise for any of them. Applying gives a copy in memory: the user's files are never changed.
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

struct Reviews;  // audit/review/reviews.h

enum class RepairAction {
  kCell,      // cells of `column` in `rows` change from `before` to `after` (nullopt: missing)
  kSetAside,  // `rows` leave the dataset and go to quarantine/
  kRole,      // `column` changes its role from `before` to `after`
  kType,      // `column` changes its type from `before` to `after`, once its cells have changed
  kRedact,    // personal data of `column` in `rows` are masked, hashed or dropped, as `after` says
};

struct Repair {
  std::string repair;  // component that planned it, as in "merge_spellings"
  RepairAction action = RepairAction::kCell;
  std::vector<int64_t> rows;  // record numbers, rising; empty for kRole and kType
  std::string column;         // "" for kSetAside
  // kCell: what the dataset holds. Equal where only the source's writing of the cell changes ("5 %"
  // that was read as 5). kRedact keeps no values: `before` is the kind of personal data.
  std::optional<std::string> before, after;
  std::string reason;     // the evidence, one sentence
  double confidence = 1;  // [0, 1]
  bool told = false;      // whether only a person's word applies it: labels, personal data
  bool apply = true;
};

struct RepairPlan {
  std::vector<Repair> repairs;  // in the order in which they are applied
  std::vector<Refusal> refused;
  double sure = 0;       // what was less sure is not applied unless a person says so
  std::string source;    // as the recipe names it; "" where it is not known
  std::string sha256;    // of the source
  bool labels = false;   // whether suspicious labels were looked for
  std::string reviewed;  // DigestOfRulings that the plan was made with
};

SpecList RepairSpecs();

struct RepairSources {
  const AuditResult* audit = nullptr;   // findings that are known already
  const Json* audit_section = nullptr;  // the recipe's; checks that repairs run take its settings
  const Duplicates* duplicates = nullptr;  // positions of the data; spares finding them again
  const Reviews* reviews = nullptr;        // of the data: what people decided of rows
};

// `section` is the resolved `clean` section. Every repair sees the dataset as those of the ones
// before it that apply by default left it.
RepairPlan PlanRepairs(const Dataset& data, const Json& section, const RepairSources& sources = {});

// Adds corrections of suspicious labels at the end, none of them applied by default. `audit` holds
// findings of suspicious_labels about `data`, which the plan was made for.
void SuggestLabels(const Dataset& data, const AuditResult& audit, RepairPlan* plan);

// Applies what the plan says is applied; record numbers (`Dataset::rows`) are carried unchanged.
// `key` is the secret of keyed hashes (redact.h). Errors: kData when a cell does not hold what the
// plan says it holds (another source, or edited since), kMissing when a key is needed.
Dataset ApplyRepairs(const Dataset& data, const RepairPlan& plan);

// What is applied and has an effect: without repairs that are not applied, and without what later
// ones would do to cells that hold something else because of that.
RepairPlan Chosen(const RepairPlan& plan);

// What people decided in `bottega review`: rows set aside and labels put right, before all other
// repairs, which see the data as they are then.
inline constexpr const char* kReviewedLabels = "reviewed_labels";
inline constexpr const char* kReviewedRows = "reviewed_rows";
RepairPlan PlanReviewed(const Dataset& data, const Reviews& reviews);

// What a person decided about repairs of `before`, a plan for the same data, carried over to
// `plan`: for repairs that it has as well, and corrections of labels that were accepted.
void CarryDecisions(const RepairPlan& before, const Reviews& reviews, RepairPlan* plan);

// Whether the repair is applied without anybody's word.
bool AppliesByDefault(const Repair& repair, double sure);
// Numbers of the repairs for which a person decided otherwise.
std::vector<int64_t> Decisions(const RepairPlan& plan);

// repairs.json, see doc/formats/repairs.md.
Json RepairsToJson(const RepairPlan& plan);
// Errors: kData naming `file`.
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

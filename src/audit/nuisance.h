// Columns that say how a row was collected rather than what it is about: its source, device or
// file. A model that reads the label off them has learned nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/check.h"
#include "profile/association.h"

namespace bottega {

// Where rows come from, by the column's name: source, site, hospital, batch, device ...; 2 to 200
// different values; at most four columns.
std::vector<int> SourceColumns(const AuditContext& context);
// Those, and columns of files (file_name, image_width) and identifiers.
std::vector<int> NuisanceColumns(const AuditContext& context);

// A nuisance column as few groups: its values, ranges of a number, or, where nearly all values
// differ, what they begin with ("cat_001.jpg" -> "cat_"), their ending, or the number in them.
struct NuisanceGroups {
  std::string of;  // "", "beginning", "ending", "folder", "number"
  std::vector<std::string> names;
  std::vector<int32_t> code;  // per row, -1 missing
};
std::vector<NuisanceGroups> GroupsOfNuisance(const AuditContext& context, int column);

// The target as few classes: its own, or four ranges of a number. Empty names without a target.
struct TargetClasses {
  std::vector<std::string> names;
  std::vector<int32_t> code;
};
TargetClasses ClassesOfTarget(const AuditContext& context);

// Cramer's V (corrected, with interval) of groups and target. Groups beyond the 50 most frequent
// count as one.
Estimate LabelAssociation(const AuditContext& context, const NuisanceGroups& groups,
                          const TargetClasses& classes);
// From which lower end on spurious_columns reports it (and source_differences leaves it to that).
inline constexpr double kSpuriousAssociation = 0.3;

}  // namespace bottega

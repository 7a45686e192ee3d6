// Kinds of rows that data should hold: declared scenarios, classes, sensitive groups and their
// intersections, each with the rows that there are. Checks judge them, `audit --collect` plans for
// them.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "audit/check.h"
#include "data/row_condition.h"
#include "profile/coverage_patterns.h"

namespace bottega {

struct CoverageCell {
  std::string kind;       // "scenario", "class", "group", "intersection"
  std::string name;       // "night", "'yes'", "sex 'F' and race 'other'"
  std::string condition;  // that its rows meet (data/row_condition.h)
  int64_t rows = 0;
};

// Those of the audit section, in its order. Error kRecipe for one that cannot be read.
std::vector<std::pair<std::string, RowCondition>> DeclaredScenarios(const Json& section);

// A condition for one group of a column: a value, or a range of values.
std::string GroupCondition(const Dataset& data, int column, const ValueGroups& groups,
                           size_t group);
// "sex 'F' and race 'other'".
std::string PatternName(const Dataset& data, const std::vector<int>& columns,
                        const std::vector<const ValueGroups*>& groups,
                        const CoveragePattern& pattern);
std::string PatternCondition(const Dataset& data, const std::vector<int>& columns,
                             const std::vector<const ValueGroups*>& groups,
                             const CoveragePattern& pattern);

// The columns of the check intersection_coverage with these settings: those it names (Error kRecipe
// for one that is no column), else the sensitive ones, at most 12; columns with fewer than two or
// more than 200 groups are left out.
std::vector<int> IntersectionColumns(const AuditContext& context, const Json& settings);

}  // namespace bottega

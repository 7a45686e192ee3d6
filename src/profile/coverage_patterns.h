// Which intersections of groups the rows do not cover.
#pragma once

#include <cstdint>
#include <vector>

#include "profile/value_groups.h"

namespace bottega {

// One group of some columns; as SQL's `a = 1 and b = 2`, any value of the others.
struct CoveragePattern {
  std::vector<int32_t> group;  // per column a code of its ValueGroups, -1: any
  int64_t rows = 0;
  double expected = 0;  // rows if the columns were independent of each other
};

struct CoveragePatterns {
  std::vector<CoveragePattern> patterns;  // by the columns that they fix, then rows, then codes
  int64_t looked_at = 0;                  // intersections that could have rows
  // Sets of columns with more than `most_cells` intersections: not looked at.
  std::vector<std::vector<int>> skipped;
};

// Intersections of 2 to `order` columns that hold fewer than `least` rows while every less specific
// intersection, single groups included, holds at least that many: the maximal uncovered patterns of
// Asudeh, Jin & Jagadish, "Assessing and remedying coverage for a given dataset", ICDE 2019. A row
// that misses a column's value is in none of its groups. Time rows x sets of columns.
CoveragePatterns UncoveredPatterns(const std::vector<const ValueGroups*>& columns, int64_t least,
                                   int order = 3, int64_t most_cells = 10'000);

}  // namespace bottega

// What to gather: rows that declared scenarios, classes, sensitive groups and their intersections
// lack.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/coverage.h"
#include "base/json.h"

namespace bottega {

struct CollectPlan {
  struct Line {
    CoverageCell cell;
    int64_t gather = 0;  // needed less the rows that there are
  };
  std::vector<Line> lines;  // scenarios first, then classes, groups, intersections; largest first
  int64_t needed = 0;       // rows of each kind (RowsForMargin of the section's margin and level)
  double margin = 0, level = 0;
};

// Of every kind of row that `section` (the resolved audit section) and the data's target and
// sensitive columns name: those with fewer than `needed` rows. One row may serve several lines.
// Classes within a scenario for up to 20 classes; intersections as in intersection_coverage, with
// `needed` as the fewest rows.
CollectPlan PlanCollection(const Dataset& data, const Json& section);

// {format, margin, level, needed, lines: [{kind, name, condition, rows, needed, gather}]}
Json CollectToJson(const CollectPlan& plan);

}  // namespace bottega

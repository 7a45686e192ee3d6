// The scores of one group and the gaps between groups, as lists of named functions of tallies.
#pragma once

#include <vector>

#include "metric/tally.h"

namespace bottega {

struct GroupScore {
  const char* name;
  double (*value)(const Tally&);
};

struct GroupGap {
  const char* name;
  bool worst_is_smallest;  // ratios
  double (*value)(const std::vector<Tally>&);
};

// For two classes, more classes or numbers, as `predictions` are.
const std::vector<GroupScore>& GroupScoresFor(const Predictions& predictions);
const std::vector<GroupGap>& GroupGapsFor(const Predictions& predictions);

}  // namespace bottega

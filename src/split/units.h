// Units: sets of rows that a split may not part.
#pragma once

#include <cstdint>
#include <vector>

#include "data/dataset.h"
#include "profile/duplicates.h"

namespace bottega {

struct Units {
  std::vector<int64_t> of;                    // per position: index of its unit
  std::vector<std::vector<int64_t>> members;  // positions, by record number
  std::vector<int64_t> key;                   // smallest record number of each unit, rising
};

// Joins near-duplicates (`duplicates` may be null) and rows with equal cells in `group_column` (-1:
// none; missing cells join nothing), by union-find.
Units JoinRows(const Dataset& data, const Duplicates* duplicates, int group_column);

}  // namespace bottega

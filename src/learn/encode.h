// A table as a dense matrix for distances and linear probes; nothing is learned from labels.
#pragma once

#include <cstdint>
#include <vector>

#include "learn/matrix.h"
#include "profile/cells.h"

namespace bottega {

// Texts that are no categories: mostly different values.
bool IsFreeText(const CellColumn& cells);

// Rows at `positions`, in that order. Numbers and dates: scaled to deviation 1 and cut at +-3, with
// a 0/1 column where cells are missing (missing is 0 then); in place of a very skewed one the
// logarithm of the distance from its least value. Categories: one 0/1 column of height 0.7 for each
// of the `most_values` most frequent ones that have at least 1 % of the rows.
Matrix EncodeCells(const std::vector<const CellColumn*>& columns,
                   const std::vector<int64_t>& positions, int64_t most_values = 24);

}  // namespace bottega

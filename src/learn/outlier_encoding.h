// Rows as a dense matrix for outliers: numbers on symmetric scales, categories as 0/1 columns.
#pragma once

#include <cstdint>
#include <vector>

#include "learn/matrix.h"
#include "profile/cells.h"

namespace bottega {

struct EncodedRows {
  Matrix x;                     // rows x columns, no NaN
  std::vector<int> owner;       // per column, index into the cells
  std::vector<int64_t> number;  // columns that hold a number
  // Per such column and row: the share of its values expected so far out, NaN where the number
  // cannot be held against the others: a missing cell, a value that most rows have, one of a few
  // steps.
  std::vector<std::vector<float>> beyond;
};

// Numbers on their SymmetricScale with normal tails, cut at 12 deviations, with a 0/1 column for a
// value that most rows have; of categories the 12 most frequent values with at least 1 % of the
// rows. Missing is 0.
EncodedRows EncodeForOutliers(const std::vector<const CellColumn*>& cells);

}  // namespace bottega

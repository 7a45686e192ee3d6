// A table as a dense matrix of 8-bit bins, the form in which trees are grown. Made once and shared
// by all folds; nothing is learned from labels.
#pragma once

#include <cstdint>
#include <vector>

#include "learn/matrix.h"
#include "profile/cells.h"

namespace bottega {

struct BinnedColumn {
  int source = -1;  // the column of the data
  bool category = false;
  int bins = 1;  // with bin 0, which is for missing cells
};

struct BinnedMatrix {
  int64_t rows = 0;
  std::vector<BinnedColumn> columns;
  std::vector<uint8_t> bins;  // row-major, rows x columns

  const uint8_t* row(int64_t r) const {
    return bins.data() + r * static_cast<int64_t>(columns.size());
  }
};

// The rows at `positions`. Numbers and dates: a bin for each value, or, of more than 254 values,
// 254 bins with about equally many rows. Categories: a bin for each of the 253 most frequent values
// and one for the others. Columns with fewer than two values are left out. Columns in parallel; the
// work is per distinct value, then one look-up a cell.
BinnedMatrix BinColumns(const std::vector<const CellColumn*>& cells,
                        const std::vector<int64_t>& positions);

// The columns of a matrix, all numbers; NaN is missing.
BinnedMatrix BinMatrix(const Matrix& matrix);

}  // namespace bottega

// The numbers of a column, each value once, rising.
#pragma once

#include <cstdint>
#include <vector>

#include "profile/cells.h"

namespace bottega {

struct SortedValues {
  explicit SortedValues(const CellColumn& cells);  // of numbers or dates

  std::vector<int32_t> code;   // of the column
  std::vector<double> value;   // as many
  std::vector<int64_t> count;  // rows with it
  std::vector<int64_t> below;  // rows with a smaller value
  int64_t rows = 0;            // with a value
  bool whole = true;           // all values are whole numbers

  // The value that the row at `share` (0 to 1) of the sorted rows holds. Not for an empty column.
  double At(double share) const;
};

// All finite numbers of a column, rising.
std::vector<double> SortedNumbers(const CellColumn& cells);

}  // namespace bottega

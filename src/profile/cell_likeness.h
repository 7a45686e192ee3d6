// How alike two cells of a column are, and what that says of their rows.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "profile/cells.h"

namespace bottega {

enum class Likeness { kEqual, kClose, kDifferent };

// What comparing two cells of one column needs.
struct Comparer {
  const CellColumn* cells = nullptr;
  std::vector<int32_t> folded;        // per code; equal: spelling differs at most
  std::vector<std::string> spelling;  // per folded code
  std::vector<double> bits;           // per code
  double missing_bits = 0;
  double scale = 0;        // deviation of a number column
  double differ_bits = 0;  // evidence against, when the cells differ
  int64_t rare = 0;        // at most this many rows: may be a slip
};

// `column` must outlive it.
Comparer MakeComparer(const CellColumn& column);

// Likeness of two cells; adds the evidence in bits that they speak for one origin.
Likeness Compare(const Comparer& column, int32_t a, int32_t b, double* bits);

}  // namespace bottega

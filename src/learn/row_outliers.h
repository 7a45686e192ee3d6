// Rows unlike the others: by single numbers, by numbers that do not go together, by values that
// hardly ever meet, by being far from everything.
#pragma once

#include <cstdint>
#include <vector>

#include "profile/cells.h"

namespace bottega {

enum class OddKind { kNumber, kNumbers, kPair, kFar };

struct OddRow {
  int64_t row = 0;      // position
  double expected = 0;  // rows so odd that a table of this size has without mistakes, all kinds
  OddKind kind = OddKind::kNumber;
  std::vector<int> columns;  // indices into the cells: kNumber one, kNumbers two, kPair two
  bool high = false;         // kNumber: above what the row's other columns let expect
};

struct RowOutliers {
  std::vector<OddRow> odd;      // those whose `expected` is below the limit, oddest first
  std::vector<float> expected;  // of all rows, at most 1
};

struct RowOutlierOptions {
  double expected = 1;  // limit
  double rare = 0.04;   // a pair of values is odd when it is that much rarer than by chance
  uint64_t seed = 7;
};

// Numbers are brought to symmetric scales (profile/symmetric_scale.h), categories to 0/1 columns.
// Four views, each with its own tail (profile/tail.h) on this table:
// kNumber  its place in its own column, and the residual of each number given all other columns,
// r_j = (P z)_j / sqrt(P_jj), with P
//          the inverse of a covariance from the 90 % most central rows (reweighted as in Rousseeuw
//          & Van Driessen, "A fast algorithm for the minimum covariance determinant", 1999);
//          missing cells, a number that most rows have and columns of at most twenty numbers are
//          left out, and so is a column by which over 1 % of the rows would be odd;
// kNumbers the Mahalanobis distance of all numbers together;
// kPair    learn/rare_pairs.h over categories and numbers cut in twelve, of pairs that at most 3
// rows
//          (one more for every 4,000) hold;
// kFar     the logarithm of the distance to the fifth nearest of 500 other rows (Ramaswamy,
//          Rastogi & Shim, "Efficient algorithms for mining outliers", SIGMOD 2000).
// A row's `expected` is the lowest of the four times the number of tests. Time rows times
// columns^2.
RowOutliers FindRowOutliers(const std::vector<const CellColumn*>& cells,
                            const RowOutlierOptions& options);

}  // namespace bottega

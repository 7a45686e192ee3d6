// The rows of a table as learners take them: numbers beside codes of categories.
#pragma once

#include <cstdint>
#include <vector>

#include "learn/matrix.h"

namespace bottega {

struct TableRows {
  Matrix numbers;                    // rows x number columns (maybe 0), imputed and scaled
  std::vector<int32_t> cardinality;  // values that each code column can take; 0 is "unknown"
  std::vector<int32_t> codes;        // rows x code columns, row-major, 0 .. cardinality - 1

  int64_t rows() const { return numbers.rows; }
  int64_t code_columns() const { return static_cast<int64_t>(cardinality.size()); }
  const int32_t* codes_of(int64_t row) const { return codes.data() + row * code_columns(); }
};

// Number columns and the values of all code columns together.
int64_t OneHotWidth(const TableRows& x);

// The numbers, then for every code column one column a value, `height` where the row has it, else
// 0.
Matrix OneHot(const TableRows& x, float height = 1);

// Columns before the first one of each code column in OneHot().
std::vector<int64_t> OneHotOffsets(const TableRows& x);

}  // namespace bottega

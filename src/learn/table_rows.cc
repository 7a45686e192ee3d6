#include "learn/table_rows.h"

#include <algorithm>

namespace bottega {

std::vector<int64_t> OneHotOffsets(const TableRows& x) {
  std::vector<int64_t> offsets;
  int64_t next = x.numbers.columns;
  for (const int32_t values : x.cardinality) {
    offsets.push_back(next);
    next += values;
  }
  return offsets;
}

int64_t OneHotWidth(const TableRows& x) {
  int64_t width = x.numbers.columns;
  for (const int32_t values : x.cardinality) width += values;
  return width;
}

Matrix OneHot(const TableRows& x, float height) {
  const std::vector<int64_t> offsets = OneHotOffsets(x);
  Matrix out(x.rows(), OneHotWidth(x));
  for (int64_t r = 0; r < x.rows(); ++r) {
    std::copy_n(x.numbers.row(r), x.numbers.columns, out.row(r));
    const int32_t* codes = x.codes_of(r);
    for (size_t c = 0; c < offsets.size(); ++c) out.row(r)[offsets[c] + codes[c]] = height;
  }
  return out;
}

}  // namespace bottega

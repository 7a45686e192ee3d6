// A dense matrix of float, row-major; NaN is a missing value.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace bottega {

struct Matrix {
  int64_t rows = 0, columns = 0;
  std::vector<float> values;

  Matrix() = default;
  Matrix(int64_t r, int64_t c, float fill = 0)
      : rows(r), columns(c), values(static_cast<size_t>(r * c), fill) {}
  float* row(int64_t r) { return values.data() + r * columns; }
  const float* row(int64_t r) const { return values.data() + r * columns; }
  float at(int64_t r, int64_t c) const { return row(r)[c]; }
};

inline Matrix TakeMatrixRows(const Matrix& from, const std::vector<int64_t>& rows) {
  Matrix out(static_cast<int64_t>(rows.size()), from.columns);
  for (size_t i = 0; i < rows.size(); ++i) {
    std::copy_n(from.row(rows[i]), from.columns, out.row(static_cast<int64_t>(i)));
  }
  return out;
}

}  // namespace bottega

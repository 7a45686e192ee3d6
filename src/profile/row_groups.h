// Rows in order of the values of one or several columns.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "profile/cells.h"

namespace bottega {

// Compressed rows: rows of group g are rows[begin[g]] .. rows[begin[g + 1] - 1], rising.
struct RowGroups {
  std::vector<int64_t> begin;
  std::vector<int32_t> rows;

  int64_t size() const { return static_cast<int64_t>(begin.size()) - 1; }
  std::span<const int32_t> Group(int64_t g) const {
    const auto at = static_cast<size_t>(g);
    return std::span(rows).subspan(static_cast<size_t>(begin[at]),
                                   static_cast<size_t>(begin[at + 1] - begin[at]));
  }
};

// Groups of rows with equal, known values in all of `columns` (not empty); groups of one row are
// left out. Fewer than 2^31 rows.
RowGroups GroupRows(const std::vector<const CellColumn*>& columns);

// About `most` of the rows: whole groups drawn evenly by `seed`, large ones thinned out.
RowGroups SampleGroups(const RowGroups& groups, int64_t most, uint64_t seed);

}  // namespace bottega

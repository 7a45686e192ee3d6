// Which rows of two tables are the same row, and what changed in it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "data/dataset.h"

namespace bottega {

struct ChangedRow {
  int64_t before = 0, after = 0;     // positions
  std::vector<std::string> columns;  // whose cells differ
};

struct RowMatch {
  std::vector<std::string> key;  // columns that rows were matched by; empty: by content
  std::vector<std::pair<int64_t, int64_t>> same;  // positions of rows with equal cells
  std::vector<ChangedRow> changed;                // by key only, and relabelled rows
  std::vector<int64_t> removed, added;            // positions in `before`, in `after`
};

// By `key` where it names columns; else by an identifier column that both have, whose values are
// unique in both and half of which are shared; else by content: rows equal in all shared columns
// are the same, then rows equal in all but `target` are the same relabelled. Rows with one key or
// content are matched in their order. Cells are compared as they are read: 1.0 is 1. Errors: kUsage
// for a key that is no column of both. Time linear in the cells.
RowMatch MatchRows(const Dataset& before, const Dataset& after, const std::vector<std::string>& key,
                   const std::string& target);

}  // namespace bottega

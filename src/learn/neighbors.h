// Nearest neighbours by exact Euclidean distance.
#pragma once

#include <cstdint>
#include <vector>

#include "learn/matrix.h"

namespace bottega {

struct Neighbors {
  int64_t queries = 0;
  int k = 0;
  std::vector<int32_t> index;   // queries x k rows of the reference, nearest first; -1: fewer
  std::vector<float> distance;  // Euclidean
};

// For each row of `queries` its `k` nearest rows of `reference`; ties go to the smaller index. NaN
// counts as the column's mean in the reference. Where `query_group` and `reference_group` are not
// empty, rows of the query's own group are left out (itself, its copies). Blocked products on all
// processors: time queries x rows x columns, memory for one block.
Neighbors NearestNeighbors(const Matrix& reference, const Matrix& queries, int k,
                           const std::vector<int64_t>& reference_group = {},
                           const std::vector<int64_t>& query_group = {});

}  // namespace bottega

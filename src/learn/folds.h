// Folds for out-of-fold judgement.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "learn/matrix.h"

namespace bottega {

// A fold 0 .. folds - 1 per row. Rows of one `group` share a fold; every fold gets about equally
// many rows of each label (-1 counts as a label of its own). Depends only on the arguments.
std::vector<int32_t> StratifiedGroupFolds(const std::vector<int32_t>& label,
                                          const std::vector<int64_t>& group, int folds,
                                          uint64_t seed);

// A matrix of fold.size() rows: for the rows of each fold what `judge(outside, inside)` says of
// them, having learned from those outside. Folds in parallel; rows ascend.
Matrix OutOfFold(const std::vector<int32_t>& fold, int folds, int64_t columns,
                 const std::function<Matrix(const std::vector<int32_t>& outside,
                                            const std::vector<int32_t>& inside)>& judge);

}  // namespace bottega

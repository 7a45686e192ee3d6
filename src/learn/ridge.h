// Ridge regression of several targets at once, out of fold.
#pragma once

#include <cstdint>
#include <vector>

#include "learn/matrix.h"

namespace bottega {

// Predictions, rows x y.columns: for every row from the rows of other folds. Rows whose first
// target is NaN are predicted but not learned from. W = (X'X + ridge n I)^-1 X'Y with standardized
// columns and an intercept without penalty; NaN in `x` is the column's mean. Time folds x columns^3
// + rows x columns x (columns + targets). `fold` holds 0 .. folds - 1 per row.
Matrix RidgePredictions(const Matrix& x, const Matrix& y, const std::vector<int32_t>& fold,
                        int folds, double ridge = 0.01);

}  // namespace bottega

// A linear classifier that is fitted in one step: least squares to one-hot labels with a ridge.
#pragma once

#include <cstdint>
#include <vector>

#include "learn/matrix.h"

namespace bottega {

// Out-of-fold scores, rows x classes: for every row from the rows of other folds. Rows with label
// -1 are scored but not learned from. W = (X'X + ridge n I)^-1 X'Y with standardized columns and an
// intercept; NaN is the column's mean. Scores are about 0 to 1 and sum to about 1. Time
// folds x rows x columns^2. `fold` holds 0 .. folds - 1 per row.
Matrix RidgeScores(const Matrix& x, const std::vector<int32_t>& label, int classes,
                   const std::vector<int32_t>& fold, int folds, double ridge = 0.01);

}  // namespace bottega

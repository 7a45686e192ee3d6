#include "learn/linear_probe.h"

#include <limits>

#include "learn/ridge.h"

namespace bottega {

Matrix RidgeScores(const Matrix& x, const std::vector<int32_t>& label, int classes,
                   const std::vector<int32_t>& fold, int folds, double ridge) {
  Matrix y(x.rows, classes);
  for (int64_t r = 0; r < x.rows; ++r) {
    const int32_t c = label[static_cast<size_t>(r)];
    if (c >= 0) {
      y.row(r)[c] = 1;
    } else {
      y.row(r)[0] = std::numeric_limits<float>::quiet_NaN();
    }
  }
  return RidgePredictions(x, y, fold, folds, ridge);
}

}  // namespace bottega

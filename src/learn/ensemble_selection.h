// Which models to average, and with what shares.
#pragma once

#include <functional>
#include <vector>

#include "learn/matrix.h"

namespace bottega {

struct Selection {
  std::vector<double> share;  // per candidate, in multiples of 1 / picks; sums to 1
  double score = 0;           // of the weighted mean
};

// Ensemble selection with replacement (Caruana et al. 2004, ICML): one candidate after the other is
// added to the mean, each time the one with which `score` (lower is better; NaN is never better) is
// lowest, the first of equals; of the `picks` means on the way the best is kept, the earliest of
// equals. `outputs`: one matrix a candidate, all of one shape.
Selection SelectEnsemble(const std::vector<Matrix>& outputs,
                         const std::function<double(const Matrix&)>& score, int picks = 50);

// Sum of share times output.
Matrix WeightedMean(const std::vector<Matrix>& outputs, const std::vector<double>& share);

}  // namespace bottega

// Mean and inverse covariance of the bulk of a matrix.
#pragma once

#include <cstdint>
#include <vector>

#include "learn/matrix.h"

namespace bottega {

struct CentralFit {
  std::vector<double> mean;
  std::vector<double> precision;  // columns x columns, of the bulk; ridge 0.01 of each variance
};

// From at most `most` rows, evenly spread: starts with all, then twice keeps the 90 % with the
// smallest Mahalanobis distance. NaN is not allowed.
CentralFit FitCentre(const Matrix& x, int64_t most = 3'000);

}  // namespace bottega

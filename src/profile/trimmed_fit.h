// Least trimmed squares: a linear fit that a few foreign rows do not move.
#pragma once

#include <cstddef>
#include <vector>

namespace bottega {

struct LinearFit {
  std::vector<double> slope;  // per input
  double constant = 0;
  bool solved = false;
};

// Least squares of `y` on the columns `x` over `rows`; not solved where the columns are collinear.
LinearFit LeastSquares(const std::vector<const std::vector<double>*>& x,
                       const std::vector<double>& y, const std::vector<size_t>& rows);

// Repeats: fit, keep the `keep` (share) rows with the smallest residuals. `rows`: finite ones.
LinearFit TrimmedLeastSquares(const std::vector<const std::vector<double>*>& x,
                              const std::vector<double>& y, const std::vector<size_t>& rows,
                              double keep = 0.85, int rounds = 4);

double Predict(const LinearFit& fit, const std::vector<const std::vector<double>*>& x, size_t row);

}  // namespace bottega

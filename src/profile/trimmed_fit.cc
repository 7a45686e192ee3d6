#include "profile/trimmed_fit.h"

#include <algorithm>
#include <cmath>

namespace bottega {
namespace {

struct Scaled {
  double mean = 0, deviation = 0;
};

Scaled ScaleOf(const std::vector<double>& values, const std::vector<size_t>& rows) {
  Scaled s;
  for (const size_t r : rows) s.mean += values[r];
  s.mean /= static_cast<double>(rows.size());
  for (const size_t r : rows) s.deviation += (values[r] - s.mean) * (values[r] - s.mean);
  s.deviation = std::sqrt(s.deviation / static_cast<double>(rows.size()));
  return s;
}

// Gauss-Jordan with row pivots on [matrix | right], k x (k + 1). False when singular.
bool Solve(std::vector<std::vector<double>>* m) {
  const size_t k = m->size();
  for (size_t c = 0; c < k; ++c) {
    size_t pivot = c;
    for (size_t r = c + 1; r < k; ++r) {
      if (std::abs((*m)[r][c]) > std::abs((*m)[pivot][c])) pivot = r;
    }
    std::swap((*m)[c], (*m)[pivot]);
    if (std::abs((*m)[c][c]) < 1e-10) return false;
    for (size_t r = 0; r < k; ++r) {
      if (r == c) continue;
      const double factor = (*m)[r][c] / (*m)[c][c];
      for (size_t j = c; j <= k; ++j) (*m)[r][j] -= factor * (*m)[c][j];
    }
  }
  return true;
}

}  // namespace

LinearFit LeastSquares(const std::vector<const std::vector<double>*>& x,
                       const std::vector<double>& y, const std::vector<size_t>& rows) {
  const size_t k = x.size();
  LinearFit fit{.slope = std::vector<double>(k)};
  if (rows.size() < k + 2) return fit;
  std::vector<Scaled> scale;
  for (const std::vector<double>* column : x) scale.push_back(ScaleOf(*column, rows));
  const Scaled target = ScaleOf(y, rows);
  if (std::ranges::any_of(scale, [](const Scaled& s) { return !(s.deviation > 0); })) return fit;
  std::vector<std::vector<double>> normal(k, std::vector<double>(k + 1));
  std::vector<double> z(k);
  for (const size_t r : rows) {
    for (size_t i = 0; i < k; ++i) z[i] = ((*x[i])[r] - scale[i].mean) / scale[i].deviation;
    for (size_t i = 0; i < k; ++i) {
      for (size_t j = 0; j < k; ++j) normal[i][j] += z[i] * z[j];
      normal[i][k] += z[i] * (y[r] - target.mean);
    }
  }
  for (std::vector<double>& row : normal) {
    for (double& value : row) value /= static_cast<double>(rows.size());
  }
  if (!Solve(&normal)) return fit;
  fit.constant = target.mean;
  for (size_t i = 0; i < k; ++i) {
    fit.slope[i] = normal[i][k] / normal[i][i] / scale[i].deviation;
    fit.constant -= fit.slope[i] * scale[i].mean;
  }
  fit.solved = true;
  return fit;
}

double Predict(const LinearFit& fit, const std::vector<const std::vector<double>*>& x, size_t row) {
  double value = fit.constant;
  for (size_t i = 0; i < x.size(); ++i) value += fit.slope[i] * (*x[i])[row];
  return value;
}

LinearFit TrimmedLeastSquares(const std::vector<const std::vector<double>*>& x,
                              const std::vector<double>& y, const std::vector<size_t>& rows,
                              double keep, int rounds) {
  LinearFit fit = LeastSquares(x, y, rows);
  const size_t kept = static_cast<size_t>(keep * static_cast<double>(rows.size()));
  std::vector<std::pair<double, size_t>> residual(rows.size());
  for (int round = 0; round < rounds && fit.solved; ++round) {
    for (size_t i = 0; i < rows.size(); ++i) {
      residual[i] = {std::abs(y[rows[i]] - Predict(fit, x, rows[i])), rows[i]};
    }
    std::ranges::nth_element(residual, residual.begin() + static_cast<int64_t>(kept));
    std::vector<size_t> nearest;
    for (size_t i = 0; i < kept; ++i) nearest.push_back(residual[i].second);
    std::ranges::sort(nearest);
    LinearFit next = LeastSquares(x, y, nearest);
    if (!next.solved) break;
    fit = std::move(next);
  }
  return fit;
}

}  // namespace bottega

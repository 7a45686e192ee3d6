#include "learn/central_covariance.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/threads.h"

namespace bottega {
namespace {

constexpr double kRidge = 0.01;
constexpr double kKept = 0.9;
constexpr int kRounds = 2;

// In place; `m` symmetric positive definite, k x k. Gauss-Jordan without pivots, which a ridge
// allows.
void Invert(std::vector<double>* m, size_t k) {
  std::vector<double>& a = *m;
  for (size_t c = 0; c < k; ++c) {
    const double pivot = a[c * k + c];
    a[c * k + c] = 1;
    for (size_t j = 0; j < k; ++j) a[c * k + j] /= pivot;
    for (size_t r = 0; r < k; ++r) {
      if (r == c) continue;
      const double factor = a[r * k + c];
      a[r * k + c] = 0;
      if (factor == 0) continue;
      for (size_t j = 0; j < k; ++j) a[r * k + j] -= factor * a[c * k + j];
    }
  }
}

CentralFit FitRows(const Matrix& x, const std::vector<int64_t>& rows) {
  const size_t k = static_cast<size_t>(x.columns);
  CentralFit fit{std::vector<double>(k), std::vector<double>(k * k)};
  const double n = static_cast<double>(rows.size());
  for (const int64_t r : rows) {
    for (size_t j = 0; j < k; ++j) fit.mean[j] += x.row(r)[j] / n;
  }
  ParallelFor(x.columns, 4, [&](int64_t begin, int64_t end) {
    for (const int64_t r : rows) {
      const float* row = x.row(r);
      for (size_t i = static_cast<size_t>(begin); i < static_cast<size_t>(end); ++i) {
        const double d = row[i] - fit.mean[i];
        double* out = &fit.precision[i * k];
        for (size_t j = 0; j < k; ++j) out[j] += d * (row[j] - fit.mean[j]);
      }
    }
  });
  for (double& value : fit.precision) value /= n;
  for (size_t i = 0; i < k; ++i) {
    double& variance = fit.precision[i * k + i];
    variance += std::max(kRidge * variance, 1e-6);
  }
  Invert(&fit.precision, k);
  return fit;
}

double Distance(const CentralFit& fit, const float* row) {
  const size_t k = fit.mean.size();
  double sum = 0;
  for (size_t i = 0; i < k; ++i) {
    const double d = row[i] - fit.mean[i];
    double inner = 0;
    for (size_t j = 0; j < k; ++j) inner += fit.precision[i * k + j] * (row[j] - fit.mean[j]);
    sum += d * inner;
  }
  return sum;
}

}  // namespace

CentralFit FitCentre(const Matrix& x, int64_t most) {
  std::vector<int64_t> rows;
  const int64_t count = std::min(x.rows, most);
  for (int64_t i = 0; i < count; ++i) rows.push_back(i * x.rows / count);
  CentralFit fit = FitRows(x, rows);
  for (int round = 0; round < kRounds; ++round) {
    std::vector<std::pair<double, int64_t>> distance(rows.size());
    ParallelFor(count, 256, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i) {
        const int64_t r = rows[static_cast<size_t>(i)];
        distance[static_cast<size_t>(i)] = {Distance(fit, x.row(r)), r};
      }
    });
    std::ranges::sort(distance);
    distance.resize(static_cast<size_t>(kKept * static_cast<double>(distance.size())));
    std::vector<int64_t> central;
    for (const auto& [d, r] : distance) central.push_back(r);
    std::ranges::sort(central);
    if (central.size() < static_cast<size_t>(2 * x.columns)) break;
    fit = FitRows(x, central);
  }
  return fit;
}

}  // namespace bottega

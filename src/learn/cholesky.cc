#include "learn/cholesky.h"

#include <algorithm>
#include <cmath>

namespace bottega {

void SolveCholesky(std::vector<double>* gram, int64_t n, std::vector<double>* moments,
                   int64_t classes) {
  std::vector<double>& g = *gram;
  std::vector<double>& m = *moments;
  for (int64_t j = 0; j < n; ++j) {
    double* pivot_row = &g[static_cast<size_t>(j * n)];
    const double pivot = std::sqrt(std::max(pivot_row[j], 1e-12));
    for (int64_t k = j; k < n; ++k) pivot_row[k] /= pivot;
    for (int64_t i = j + 1; i < n; ++i) {
      const double weight = pivot_row[i];
      if (weight == 0) continue;
      double* row = &g[static_cast<size_t>(i * n)];
      for (int64_t k = i; k < n; ++k) row[k] -= weight * pivot_row[k];
    }
  }
  for (int64_t c = 0; c < classes; ++c) {
    const auto at = [&](int64_t i) -> double& { return m[static_cast<size_t>(i * classes + c)]; };
    for (int64_t i = 0; i < n; ++i) {
      for (int64_t k = 0; k < i; ++k) at(i) -= g[static_cast<size_t>(k * n + i)] * at(k);
      at(i) /= g[static_cast<size_t>(i * n + i)];
    }
    for (int64_t i = n - 1; i >= 0; --i) {
      for (int64_t k = i + 1; k < n; ++k) at(i) -= g[static_cast<size_t>(i * n + k)] * at(k);
      at(i) /= g[static_cast<size_t>(i * n + i)];
    }
  }
}

}  // namespace bottega

#include "learn/ridge.h"

#include <algorithm>
#include <cmath>

#include "base/interrupt.h"
#include "base/threads.h"
#include "learn/cholesky.h"

namespace bottega {
namespace {

constexpr int64_t kBlock = 64;

// Columns standardized, NaN as 0, one column of ones at the end.
Matrix Standardize(const Matrix& x) {
  Matrix out(x.rows, x.columns + 1);
  for (int64_t r = 0; r < x.rows; ++r) out.row(r)[x.columns] = 1;
  ParallelFor(x.columns, 8, [&](int64_t begin, int64_t end) {
    for (int64_t c = begin; c < end; ++c) {
      double n = 0, sum = 0, squares = 0;
      for (int64_t r = 0; r < x.rows; ++r) {
        const double value = x.at(r, c);
        if (std::isnan(value)) continue;
        n += 1;
        sum += value;
        squares += value * value;
      }
      const double mean = n > 0 ? sum / n : 0;
      const double variance = n > 0 ? squares / n - mean * mean : 0;
      const double scale = variance > 1e-12 ? 1 / std::sqrt(variance) : 0;
      for (int64_t r = 0; r < x.rows; ++r) {
        const double value = x.at(r, c);
        out.row(r)[c] = std::isnan(value) ? 0 : static_cast<float>((value - mean) * scale);
      }
    }
  });
  return out;
}

// gram += x' x of one row range, upper triangle; moments += x' y.
__attribute__((target_clones("avx512f", "avx2", "default"))) void AddRow(const float* x, int64_t n,
                                                                         float* gram) {
  for (int64_t i = 0; i < n; ++i) {
    const float weight = x[i];
    if (weight == 0) continue;
    float* row = gram + i * n;
    for (int64_t j = i; j < n; ++j) row[j] += weight * x[j];
  }
}

struct Normal {
  std::vector<double> gram, moments;
  double rows = 0;
};

// Sums over blocks of float in a fixed order, so that threads do not change the result.
Normal NormalOfFold(const Matrix& x, const Matrix& y, const std::vector<int64_t>& rows) {
  const int64_t n = x.columns, targets = y.columns;
  Normal out{std::vector<double>(static_cast<size_t>(n * n)),
             std::vector<double>(static_cast<size_t>(n * targets))};
  std::vector<float> gram(static_cast<size_t>(n * n));
  for (size_t begin = 0; begin < rows.size(); begin += kBlock) {
    ThrowIfInterrupted();
    std::ranges::fill(gram, 0.0F);
    for (size_t i = begin; i < std::min(rows.size(), begin + kBlock); ++i) {
      const float* row = x.row(rows[i]);
      const float* target = y.row(rows[i]);
      if (std::isnan(target[0])) continue;
      AddRow(row, n, gram.data());
      for (int64_t c = 0; c < n; ++c) {
        double* moments = &out.moments[static_cast<size_t>(c * targets)];
        for (int64_t t = 0; t < targets; ++t) moments[t] += row[c] * target[t];
      }
      out.rows += 1;
    }
    for (size_t i = 0; i < gram.size(); ++i) out.gram[i] += gram[i];
  }
  return out;
}

}  // namespace

Matrix RidgePredictions(const Matrix& x, const Matrix& y, const std::vector<int32_t>& fold,
                        int folds, double ridge) {
  const Matrix z = Standardize(x);
  const int64_t n = z.columns, targets = y.columns;
  std::vector<std::vector<int64_t>> members(static_cast<size_t>(folds));
  for (int64_t r = 0; r < x.rows; ++r) {
    members[static_cast<size_t>(fold[static_cast<size_t>(r)])].push_back(r);
  }
  std::vector<Normal> parts(static_cast<size_t>(folds));
  ParallelFor(folds, 1, [&](int64_t f, int64_t) {
    parts[static_cast<size_t>(f)] = NormalOfFold(z, y, members[static_cast<size_t>(f)]);
  });
  Matrix scores(x.rows, targets);
  ParallelFor(folds, 1, [&](int64_t f, int64_t) {
    Normal sum{std::vector<double>(static_cast<size_t>(n * n)),
               std::vector<double>(static_cast<size_t>(n * targets))};
    for (int64_t other = 0; other < folds; ++other) {
      const Normal& part = parts[static_cast<size_t>(other)];
      if (other == f) continue;
      for (size_t i = 0; i < sum.gram.size(); ++i) sum.gram[i] += part.gram[i];
      for (size_t i = 0; i < sum.moments.size(); ++i) sum.moments[i] += part.moments[i];
      sum.rows += part.rows;
    }
    for (int64_t i = 0; i + 1 < n; ++i) {
      sum.gram[static_cast<size_t>(i * n + i)] += ridge * sum.rows + 1e-6;
    }
    SolveCholesky(&sum.gram, n, &sum.moments, targets);
    for (const int64_t r : members[static_cast<size_t>(f)]) {
      for (int64_t i = 0; i < n; ++i) {
        const double value = z.at(r, i);
        const double* weight = &sum.moments[static_cast<size_t>(i * targets)];
        for (int64_t c = 0; c < targets; ++c) {
          scores.row(r)[c] += static_cast<float>(value * weight[c]);
        }
      }
    }
  });
  return scores;
}

}  // namespace bottega

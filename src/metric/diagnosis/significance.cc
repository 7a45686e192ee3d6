#include "metric/diagnosis/significance.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "metric/student_t.h"

namespace bottega {

namespace {

constexpr size_t kMostExact = 10;

// Number of orders of n values by their number of inversions.
std::vector<double> InversionCounts(size_t n) {
  std::vector<double> counts = {1};
  for (size_t k = 2; k <= n; ++k) {
    std::vector<double> next(counts.size() + k - 1, 0);
    for (size_t i = 0; i < counts.size(); ++i) {
      for (size_t j = 0; j < k; ++j) next[i + j] += counts[i];
    }
    counts = std::move(next);
  }
  return counts;
}

double ExactChance(size_t n, double s) {
  const std::vector<double> counts = InversionCounts(n);
  const double pairs = static_cast<double>(n * (n - 1)) / 2;
  double at_least = 0, all = 0;
  for (size_t i = 0; i < counts.size(); ++i) {
    all += counts[i];
    if (pairs - 2 * static_cast<double>(i) >= s) at_least += counts[i];
  }
  return at_least / all;
}

double NormalTail(double z) { return std::erfc(z / std::sqrt(2.0)) / 2; }

// Var(S) = (n (n-1) (2n+5) - sum over ties t (t-1) (2t+5)) / 18.
double TrendVariance(std::vector<double> values) {
  const auto part = [](double n) { return n * (n - 1) * (2 * n + 5); };
  double variance = part(static_cast<double>(values.size()));
  std::sort(values.begin(), values.end());
  for (size_t i = 0; i < values.size();) {
    size_t end = i;
    while (end < values.size() && values[end] == values[i]) ++end;
    variance -= part(static_cast<double>(end - i));
    i = end;
  }
  return variance / 18;
}

}  // namespace

double RisingChance(const std::vector<double>& values) {
  const size_t n = values.size();
  if (n < 3) return 1;
  double s = 0;
  bool ties = false;
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = i + 1; j < n; ++j) {
      s += (values[j] > values[i]) - (values[j] < values[i]);
      ties |= values[j] == values[i];
    }
  }
  if (n <= kMostExact && !ties) return ExactChance(n, s);
  const double variance = TrendVariance(values);
  if (variance <= 0) return 1;
  const double continuity = s > 0 ? 1 : s < 0 ? -1 : 0;
  return NormalTail((s - continuity) / std::sqrt(variance));
}

double FallingChance(const std::vector<double>& values) {
  return RisingChance({values.rbegin(), values.rend()});
}

double Mean::Lower(double level) const { return value - StudentQuantile(level, freedom) * error; }
double Mean::Upper(double level) const { return value + StudentQuantile(level, freedom) * error; }

Mean MeanOf(const std::vector<double>& values) {
  double sum = 0, squares = 0, n = 0;
  for (const double v : values) {
    if (std::isnan(v)) continue;
    sum += v;
    ++n;
  }
  Mean mean{.value = n > 0 ? sum / n : std::nan(""),
            .error = std::numeric_limits<double>::infinity()};
  if (n < 2) return mean;
  for (const double v : values) {
    if (!std::isnan(v)) squares += (v - mean.value) * (v - mean.value);
  }
  mean.error = std::sqrt(squares / (n - 1) / n);
  mean.freedom = n - 1;
  return mean;
}

Mean DifferenceOf(const Mean& a, const Mean& b) {
  const double u = a.error * a.error, v = b.error * b.error;
  Mean out{.value = a.value - b.value, .error = std::sqrt(u + v), .freedom = a.freedom};
  if (u + v > 0 && std::isfinite(u + v)) {
    out.freedom = (u + v) * (u + v) / (u * u / a.freedom + v * v / b.freedom);
  }
  return out;
}

double BlockLosses::Mean() const {
  return std::accumulate(sum.begin(), sum.end(), 0.0) /
         std::accumulate(weight.begin(), weight.end(), 0.0);
}

BlockLosses DealIntoBlocks(const std::vector<double>& loss, const std::vector<double>& weight) {
  const size_t blocks = std::min<size_t>(kLossBlocks, loss.size());
  BlockLosses out{std::vector<double>(blocks, 0), std::vector<double>(blocks, 0)};
  for (size_t i = 0; i < loss.size(); ++i) {
    const double w = weight.empty() ? 1 : weight[i];
    out.sum[i % blocks] += w * loss[i];
    out.weight[i % blocks] += w;
  }
  return out;
}

Mean MeanLoss(const BlockLosses& a) {
  return MeanRise(a, {std::vector<double>(a.sum.size(), 0), a.weight});
}

Mean MeanRise(const BlockLosses& a, const BlockLosses& b) {
  const size_t blocks = a.sum.size();
  const double weight = std::accumulate(a.weight.begin(), a.weight.end(), 0.0);
  Mean out{.value = a.Mean() - b.Mean(), .error = std::numeric_limits<double>::infinity()};
  if (blocks < 2) return out;
  double squares = 0;
  for (size_t j = 0; j < blocks; ++j) {
    const double residual = a.sum[j] - b.sum[j] - out.value * a.weight[j];
    squares += residual * residual;
  }
  const double n = static_cast<double>(blocks);
  out.error = std::sqrt(n / (n - 1) * squares) / weight;
  out.freedom = n - 1;
  return out;
}

std::vector<double> HolmAdjusted(const std::vector<double>& p) {
  std::vector<size_t> order(p.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return p[a] < p[b]; });
  std::vector<double> adjusted(p.size());
  double most = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    most = std::max(most, std::min(1.0, p[order[i]] * static_cast<double>(p.size() - i)));
    adjusted[order[i]] = most;
  }
  return adjusted;
}

}  // namespace bottega

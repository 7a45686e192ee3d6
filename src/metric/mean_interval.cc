#include "metric/mean_interval.h"

#include <cmath>
#include <numeric>

#include "profile/association.h"

namespace bottega {

namespace {

// The t that |T| exceeds with probability `tail`: P(|T| > t) = I_x(f / 2, 1 / 2), x = f / (f +
// t^2).
double TwoSidedQuantile(double tail, double freedom) {
  double low = 0, high = 1;
  for (int i = 0; i < 200; ++i) {
    const double x = (low + high) / 2;
    (IncompleteBeta(freedom / 2, 0.5, x) < tail ? low : high) = x;
  }
  return std::sqrt(freedom * (1 - low) / low);
}

}  // namespace

MeanInterval MeanWithInterval(const std::vector<double>& values, double level) {
  const double nan = std::nan(""), n = static_cast<double>(values.size());
  MeanInterval result{.mean = nan, .deviation = nan, .interval = {nan, nan}};
  if (values.empty()) return result;
  result.mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  if (values.size() < 2) return result;
  double squares = 0;
  for (const double value : values) squares += (value - result.mean) * (value - result.mean);
  result.deviation = std::sqrt(squares / (n - 1));
  const double margin = TwoSidedQuantile(1 - level, n - 1) * result.deviation / std::sqrt(n);
  result.interval = {result.mean - margin, result.mean + margin};
  return result;
}

}  // namespace bottega

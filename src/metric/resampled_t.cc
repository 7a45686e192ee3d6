#include "metric/resampled_t.h"

#include <cmath>
#include <limits>
#include <numeric>

#include "metric/exact_binomial.h"

namespace bottega {

// P(|T| > t) = I_x(freedom / 2, 1 / 2) with x = freedom / (freedom + t^2).
double StudentQuantile(double p, double freedom) {
  if (p == 0.5) return 0;
  const double x = BetaQuantile(freedom / 2, 0.5, 2 * std::min(p, 1 - p));
  const double t = std::sqrt(freedom * (1 - x) / x);
  return p < 0.5 ? -t : t;
}

SampleSpread SampleSpreadOf(const std::vector<double>& values) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  const auto n = static_cast<double>(values.size());
  SampleSpread spread{kNaN, kNaN};
  if (values.empty()) return spread;
  spread.mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  if (values.size() < 2) return spread;
  double squares = 0;
  for (const double value : values) squares += (value - spread.mean) * (value - spread.mean);
  spread.deviation = std::sqrt(squares / (n - 1));
  return spread;
}

Interval CorrectedResampledT(const std::vector<double>& scores, double held_out_to_learned,
                             double level) {
  const SampleSpread spread = SampleSpreadOf(scores);
  const auto n = static_cast<double>(scores.size());
  if (scores.size() < 2) return {std::nan(""), std::nan("")};
  const double margin = StudentQuantile((1 + level) / 2, n - 1) * spread.deviation *
                        std::sqrt(1 / n + held_out_to_learned);
  return {spread.mean - margin, spread.mean + margin};
}

}  // namespace bottega

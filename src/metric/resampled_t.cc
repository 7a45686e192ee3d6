#include "metric/resampled_t.h"

#include <cmath>
#include <limits>
#include <numeric>

#include "metric/student_t.h"

namespace bottega {

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

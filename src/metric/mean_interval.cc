#include "metric/mean_interval.h"

#include <cmath>
#include <numeric>

#include "metric/student_t.h"

namespace bottega {

MeanInterval MeanWithInterval(const std::vector<double>& values, double level) {
  const double nan = std::nan(""), n = static_cast<double>(values.size());
  MeanInterval result{.mean = nan, .deviation = nan, .interval = {nan, nan}};
  if (values.empty()) return result;
  result.mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  if (values.size() < 2) return result;
  double squares = 0;
  for (const double value : values) squares += (value - result.mean) * (value - result.mean);
  result.deviation = std::sqrt(squares / (n - 1));
  const double margin = StudentQuantile((1 + level) / 2, n - 1) * result.deviation / std::sqrt(n);
  result.interval = {result.mean - margin, result.mean + margin};
  return result;
}

}  // namespace bottega

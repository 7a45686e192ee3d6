#include "metric/metric_kind.h"

#include <cmath>
#include <limits>

namespace bottega {

namespace {
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
}

double PrecisionOf(const Tally& tally, int cls) {
  const double predicted = tally.Predicted(cls);
  if (predicted > 0) return tally.At(cls, cls) / predicted;
  return tally.Support(cls) > 0 ? 0 : kNaN;
}

double RecallOf(const Tally& tally, int cls) {
  const double support = tally.Support(cls);
  return support > 0 ? tally.At(cls, cls) / support : kNaN;
}

double F1Of(const Tally& tally, int cls) {
  const double both = tally.Predicted(cls) + tally.Support(cls);
  return both > 0 ? 2 * tally.At(cls, cls) / both : kNaN;
}

double MacroOf(const Tally& tally, double (*of)(const Tally&, int)) {
  double sum = 0;
  int count = 0;
  for (int c = 0; c < tally.classes; ++c) {
    if (tally.Support(c) <= 0 && tally.Predicted(c) <= 0) continue;
    const double value = of(tally, c);
    sum += std::isnan(value) ? 0 : value;
    ++count;
  }
  return count > 0 ? sum / count : kNaN;
}

double PositiveOrMacro(const Tally& tally, double (*of)(const Tally&, int)) {
  return tally.positive >= 0 ? of(tally, tally.positive) : MacroOf(tally, of);
}

}  // namespace bottega

#include <limits>

#include "metric/metric_kind.h"

namespace bottega {

const Spec& R2Spec() {
  static const Spec spec{
      .kind = "metric",
      .name = "r2",
      .one_line = "share of the target's variance that the predictions explain",
      .text =
          "R2 = 1 - sum of squared errors / sum of squared distances of the truth to its mean. "
          "1 is perfect, 0 is as good as always answering the part's mean, below 0 is worse. "
          "Undefined where the truth does not vary.",
      .synonyms = {"r squared", "coefficient of determination"},
      .source = "scikit-learn, r2_score"};
  return spec;
}

namespace {

double Value(const Tally& tally) {
  if (tally.weight <= 0) return std::numeric_limits<double>::quiet_NaN();
  const double total = tally.truth_squared - tally.truth * tally.truth / tally.weight;
  // Rounding leaves a trace of variance in a constant truth.
  if (total <= 1e-12 * tally.truth_squared) return std::numeric_limits<double>::quiet_NaN();
  return 1 - tally.squared / total;
}

}  // namespace

MetricKind R2Metric() {
  return {.spec = &R2Spec(),
          .task = Task::kRegression,
          .least = -std::numeric_limits<double>::infinity(),
          .value = Value};
}

}  // namespace bottega

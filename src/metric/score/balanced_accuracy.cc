#include <limits>

#include "metric/metric_kind.h"

namespace bottega {

const Spec& BalancedAccuracySpec() {
  static const Spec spec{
      .kind = "metric",
      .name = "balanced_accuracy",
      .one_line = "mean recall over the classes, each class counting the same",
      .text =
          "The mean of recall over the classes that occur in the truth, in [0, 1]. Chance is "
          "1 / classes, whatever their sizes.",
      .synonyms = {"macro recall", "bacc", "uar"},
      .source = "scikit-learn, balanced_accuracy_score"};
  return spec;
}

namespace {

double Value(const Tally& tally) {
  double sum = 0;
  int count = 0;
  for (int c = 0; c < tally.classes; ++c) {
    if (tally.Support(c) <= 0) continue;
    sum += RecallOf(tally, c);
    ++count;
  }
  return count > 0 ? sum / count : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

MetricKind BalancedAccuracyMetric() { return {.spec = &BalancedAccuracySpec(), .value = Value}; }

}  // namespace bottega

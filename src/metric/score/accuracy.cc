#include <limits>

#include "metric/metric_kind.h"

namespace bottega {

const Spec& AccuracySpec() {
  static const Spec spec{
      .kind = "metric",
      .name = "accuracy",
      .one_line = "share of rows whose predicted class is the true one",
      .text =
          "accuracy = sum of weights of correct rows / sum of weights, in [0, 1]. With unequal "
          "classes it flatters a model that always answers the largest: read it beside the "
          "baseline, or use balanced_accuracy or f1.",
      .synonyms = {"acc", "hit rate"},
      .source = "scikit-learn, accuracy_score"};
  return spec;
}

namespace {

double Value(const Tally& tally) {
  double correct = 0;
  for (int c = 0; c < tally.classes; ++c) correct += tally.At(c, c);
  return tally.weight > 0 ? correct / tally.weight : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

MetricKind AccuracyMetric() { return {.spec = &AccuracySpec(), .value = Value}; }

}  // namespace bottega

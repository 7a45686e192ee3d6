#include <cmath>
#include <limits>

#include "metric/metric_kind.h"

namespace bottega {

const Spec& F1Spec() {
  static const Spec spec{
      .kind = "metric",
      .name = "f1",
      .one_line = "harmonic mean of precision and recall",
      .text =
          "F1 = 2 TP / (2 TP + FP + FN), in [0, 1]: of the positive class (data.positive) when "
          "there are two classes, else the mean over classes, as f1_macro.",
      .synonyms = {"f-score", "f measure", "dice"},
      .source = "scikit-learn, f1_score with zero_division=0"};
  return spec;
}

const Spec& F1MacroSpec() {
  static const Spec spec{
      .kind = "metric",
      .name = "f1_macro",
      .one_line = "mean F1 over the classes, each class counting the same",
      .text =
          "The mean of F1 over the classes that occur in the truth or the predictions. A rare "
          "class weighs as much as a frequent one.",
      .synonyms = {"macro f1"},
      .source = "scikit-learn, f1_score with average='macro'"};
  return spec;
}

const Spec& F1WeightedSpec() {
  static const Spec spec{
      .kind = "metric",
      .name = "f1_weighted",
      .one_line = "mean F1 over the classes, each weighted by its rows",
      .text =
          "The mean of F1 over the classes weighted by their share of the truth. Frequent "
          "classes dominate.",
      .synonyms = {"weighted f1"},
      .source = "scikit-learn, f1_score with average='weighted'"};
  return spec;
}

namespace {

double Weighted(const Tally& tally) {
  double sum = 0;
  for (int c = 0; c < tally.classes; ++c) {
    if (tally.Support(c) > 0) sum += tally.Support(c) * F1Of(tally, c);
  }
  return tally.weight > 0 ? sum / tally.weight : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

MetricKind F1Metric() {
  return {.spec = &F1Spec(), .value = [](const Tally& t) { return PositiveOrMacro(t, F1Of); }};
}

MetricKind F1MacroMetric() {
  return {.spec = &F1MacroSpec(), .value = [](const Tally& t) { return MacroOf(t, F1Of); }};
}

MetricKind F1WeightedMetric() { return {.spec = &F1WeightedSpec(), .value = Weighted}; }

}  // namespace bottega

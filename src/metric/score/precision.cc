#include "metric/metric_kind.h"

namespace bottega {

const Spec& PrecisionSpec() {
  static const Spec spec{
      .kind = "metric",
      .name = "precision",
      .one_line = "share of the rows predicted as a class that truly are of it",
      .text =
          "precision = TP / (TP + FP), in [0, 1]: of the positive class (data.positive) when "
          "there are two classes, else the mean over classes (macro). 0 when nothing was "
          "predicted as the class.",
      .synonyms = {"positive predictive value", "ppv"},
      .source = "scikit-learn, precision_score with zero_division=0"};
  return spec;
}

MetricKind PrecisionMetric() {
  return {.spec = &PrecisionSpec(),
          .value = [](const Tally& tally) { return PositiveOrMacro(tally, PrecisionOf); }};
}

}  // namespace bottega

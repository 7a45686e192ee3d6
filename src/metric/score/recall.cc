#include "metric/metric_kind.h"

namespace bottega {

const Spec& RecallSpec() {
  static const Spec spec{
      .kind = "metric",
      .name = "recall",
      .one_line = "share of the rows of a class that are found",
      .text =
          "recall = TP / (TP + FN), in [0, 1]: of the positive class (data.positive) when there "
          "are two classes, else the mean over classes (macro). Undefined in a part without "
          "rows of the class.",
      .synonyms = {"sensitivity", "true positive rate", "tpr"},
      .source = "scikit-learn, recall_score"};
  return spec;
}

MetricKind RecallMetric() {
  return {.spec = &RecallSpec(),
          .value = [](const Tally& tally) { return PositiveOrMacro(tally, RecallOf); }};
}

}  // namespace bottega

#include <cmath>
#include <limits>

#include "metric/metric_kind.h"

namespace bottega {

const Spec& RocAucSpec() {
  static const Spec spec{
      .kind = "metric",
      .name = "roc_auc",
      .one_line = "probability that a random positive row scores above a random negative one",
      .text =
          "The area under the ROC curve, ties counting half, in [0, 1]; 0.5 is chance. With "
          "more than two classes: each class against the rest, averaged over the classes for "
          "which it is defined. Undefined in a part where only one class occurs.",
      .synonyms = {"auc", "auroc", "c statistic"},
      .source = "scikit-learn, roc_auc_score (multi_class='ovr', average='macro')"};
  return spec;
}

namespace {

double Value(const Tally& tally) {
  double sum = 0;
  int count = 0;
  for (const double auc : tally.auc) {
    if (std::isnan(auc)) continue;
    sum += auc;
    ++count;
  }
  return count > 0 ? sum / count : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

MetricKind RocAucMetric() { return {.spec = &RocAucSpec(), .ranks = true, .value = Value}; }

}  // namespace bottega

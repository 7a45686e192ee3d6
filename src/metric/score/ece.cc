#include <cmath>
#include <limits>

#include "metric/metric_kind.h"

namespace bottega {

const Spec& EceSpec() {
  static const Spec spec{
      .kind = "metric",
      .name = "ece",
      .one_line = "how far stated probabilities are from observed shares; lower is better",
      .text =
          "Expected calibration error: over bins of equal width of the stated probability, the "
          "mean of |mean stated probability - observed share| weighted by the rows in the bin. "
          "Of p(positive) when there are two classes, else of the predicted class's "
          "probability. It depends on the number of bins (evaluate.bins) and is biased upwards "
          "when bins hold few rows.",
      .synonyms = {"calibration error", "expected calibration error"},
      .source = "Guo et al., On calibration of modern neural networks, ICML 2017"};
  return spec;
}

namespace {

double Value(const Tally& tally) {
  double sum = 0, weight = 0;
  for (size_t b = 0; b < tally.bin_weight.size(); ++b) {
    if (tally.bin_weight[b] <= 0) continue;
    sum += std::abs(tally.bin_predicted[b] - tally.bin_observed[b]);
    weight += tally.bin_weight[b];
  }
  return weight > 0 ? sum / weight : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

MetricKind EceMetric() { return {.spec = &EceSpec(), .larger_is_better = false, .value = Value}; }

}  // namespace bottega

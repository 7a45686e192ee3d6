#include <limits>

#include "metric/metric_kind.h"

namespace bottega {

const Spec& BrierSpec() {
  static const Spec spec{
      .kind = "metric",
      .name = "brier",
      .one_line = "mean squared distance of the probabilities to the truth; lower is better",
      .text =
          "Two classes: the mean of (p(positive) - y)^2, in [0, 1]. More: the mean of the sum "
          "over classes of (p_c - y_c)^2, in [0, 2].",
      .synonyms = {"brier score"},
      .source = "Brier 1950; scikit-learn, brier_score_loss (scale_by_half='auto')"};
  return spec;
}

MetricKind BrierMetric() {
  return {.spec = &BrierSpec(),
          .larger_is_better = false,
          .most_of_many = 2,
          .value = [](const Tally& tally) {
            return tally.weight > 0 ? tally.brier / tally.weight
                                    : std::numeric_limits<double>::quiet_NaN();
          }};
}

}  // namespace bottega

#include <limits>

#include "metric/metric_kind.h"

namespace bottega {

const Spec& LogLossSpec() {
  static const Spec spec{
      .kind = "metric",
      .name = "log_loss",
      .one_line = "mean negative log probability given to the true class; lower is better",
      .text =
          "The mean of -ln p(true class), p clipped to [1.2e-7, 1 - 1.2e-7]. It punishes "
          "confident mistakes; always answering the class shares gives their entropy.",
      .synonyms = {"cross entropy", "negative log likelihood", "nll"},
      .source = "scikit-learn, log_loss"};
  return spec;
}

MetricKind LogLossMetric() {
  return {.spec = &LogLossSpec(),
          .larger_is_better = false,
          .most = std::numeric_limits<double>::infinity(),
          .value = [](const Tally& tally) {
            return tally.weight > 0 ? tally.log_loss / tally.weight
                                    : std::numeric_limits<double>::quiet_NaN();
          }};
}

}  // namespace bottega

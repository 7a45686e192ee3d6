#include <limits>

#include "metric/metric_kind.h"

namespace bottega {

const Spec& MaeSpec() {
  static const Spec spec{.kind = "metric",
                         .name = "mae",
                         .one_line = "mean absolute error, in the target's unit; lower is better",
                         .text = "The mean of |predicted - true|.",
                         .synonyms = {"mean absolute error", "l1 error"},
                         .source = "scikit-learn, mean_absolute_error"};
  return spec;
}

MetricKind MaeMetric() {
  return {.spec = &MaeSpec(),
          .task = Task::kRegression,
          .larger_is_better = false,
          .most = std::numeric_limits<double>::infinity(),
          .value = [](const Tally& tally) {
            return tally.weight > 0 ? tally.absolute / tally.weight
                                    : std::numeric_limits<double>::quiet_NaN();
          }};
}

}  // namespace bottega

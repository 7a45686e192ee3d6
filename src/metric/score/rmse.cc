#include <cmath>
#include <limits>

#include "metric/metric_kind.h"

namespace bottega {

const Spec& RmseSpec() {
  static const Spec spec{
      .kind = "metric",
      .name = "rmse",
      .one_line = "root mean squared error, in the target's unit; lower is better",
      .text = "sqrt(mean of (predicted - true)^2). Large errors weigh more than in mae.",
      .synonyms = {"root mean squared error"},
      .source = "scikit-learn, root_mean_squared_error"};
  return spec;
}

MetricKind RmseMetric() {
  return {.spec = &RmseSpec(),
          .task = Task::kRegression,
          .larger_is_better = false,
          .most = std::numeric_limits<double>::infinity(),
          .value = [](const Tally& tally) {
            return tally.weight > 0 ? std::sqrt(tally.squared / tally.weight)
                                    : std::numeric_limits<double>::quiet_NaN();
          }};
}

}  // namespace bottega

#include "metric/baseline.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "metric/tally.h"

namespace bottega {

Baseline MakeBaseline(const Predictions& train) {
  const Tally tally = Tallier(train, {.ranks = false}).All();
  Baseline baseline;
  if (train.task == Task::kRegression) {
    baseline.predicted_value =
        tally.weight > 0 ? tally.center + tally.truth / tally.weight : std::nan("");
    baseline.answer = FormatNumber(baseline.predicted_value, 6);
    return baseline;
  }
  const auto largest = std::max_element(tally.support.begin(), tally.support.end());
  baseline.predicted = static_cast<int32_t>(largest - tally.support.begin());
  baseline.answer = train.classes[static_cast<size_t>(baseline.predicted)];
  const double total = std::max(tally.weight, 1e-300);
  baseline.largest_share = *largest / total;
  for (const double support : tally.support) {
    baseline.probability.push_back(static_cast<float>(support / total));
  }
  return baseline;
}

Predictions Baseline::For(const Predictions& predictions) const {
  Predictions guessed = predictions;
  const size_t n = static_cast<size_t>(predictions.size());
  if (predictions.task == Task::kRegression) {
    guessed.predicted_value.assign(n, predicted_value);
    return guessed;
  }
  guessed.predicted.assign(n, predicted);
  guessed.probability.clear();
  for (size_t i = 0; i < n; ++i) {
    guessed.probability.insert(guessed.probability.end(), probability.begin(), probability.end());
  }
  return guessed;
}

}  // namespace bottega

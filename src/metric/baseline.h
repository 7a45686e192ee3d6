// Baseline: what a model would score that looks at no feature: it always answers the most frequent
// training class with the training shares as probabilities, or the mean training value.
#pragma once

#include <string>
#include <vector>

#include "metric/predictions.h"

namespace bottega {

struct Baseline {
  std::string answer;        // the class, or the mean as text
  double largest_share = 0;  // weight share of that class
  int32_t predicted = -1;
  double predicted_value = 0;
  std::vector<float> probability;  // one a class

  // The same rows with the baseline's answers.
  Predictions For(const Predictions& predictions) const;
};

Baseline MakeBaseline(const Predictions& train);

}  // namespace bottega

// How often a class is the label where it was given a probability.
#pragma once

#include <cstdint>
#include <vector>

#include "learn/matrix.h"

namespace bottega {

// Fitted over all pairs of a row and a class: shares of pairs that hold, in ranges of the
// probability a quarter of a logit wide (wider where there are few), made to rise (isotonic
// regression: Zadrozny & Elkan, KDD 2002) and joined by straight lines.
class RateCurve {
 public:
  RateCurve(const std::vector<int32_t>& label, const Matrix& probability);
  // The share, less 1.5 of its deviations: what small data can be sure of.
  double Least(float probability) const;

 private:
  std::vector<double> least_;  // at the middle of each range
};

}  // namespace bottega

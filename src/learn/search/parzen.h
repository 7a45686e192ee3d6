// The Parzen estimators of TPE: the density of one coordinate of a set of trials.
#pragma once

#include <cstddef>
#include <vector>

#include "base/random.h"

namespace bottega {

// Over [0, 1]: a mixture of normal distributions cut off at the ends, one at each coordinate and
// one wide one in the middle as a prior; a component is as wide as the larger distance to its
// neighbours (Bergstra et al. 2011, section 4.2), within 1 / (n + 1) at least and 1 at most. With
// `choices` > 0: the shares of the choices, each counted once more as a prior.
class ParzenEstimator {
 public:
  ParzenEstimator(std::vector<double> coordinates, size_t choices);
  double Draw(Random& random) const;
  double LogDensity(double u) const;

 private:
  size_t choices_;
  std::vector<double> share_;         // of each choice
  std::vector<double> mean_, width_;  // of each component, of equal weight
};

}  // namespace bottega

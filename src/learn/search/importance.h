// How much each setting of a search mattered.
#pragma once

#include <vector>

#include "learn/search/propose.h"

namespace bottega {

struct Importance {
  double share = 0;             // of the variance of the losses that this setting alone explains
  double low = 0, high = 0;     // 90 % interval over bootstrap draws of the trials
  std::vector<double> u, loss;  // the mean loss at coordinates from 0 to 1, all others averaged out
};

// Functional ANOVA (Hutter, Hoos and Leyton-Brown 2014, "An efficient approach for assessing
// hyperparameter importance", ICML): boosted trees are fitted to ranks of the losses, and the
// variance of each dimension's marginal mean is held against that of the whole surface, both over
// the unit cube. Trials that failed count as the worst. Empty for fewer than 8 trials.
// Deterministic.
std::vector<Importance> ParameterImportance(const std::vector<Observation>& trials, uint64_t seed);

}  // namespace bottega

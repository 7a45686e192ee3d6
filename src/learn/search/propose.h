// Where to look next: settings for a trial, from what earlier trials came to.
#pragma once

#include <memory>
#include <string>

#include "learn/search/space.h"

namespace bottega {

// What is known of a trial when another is proposed.
struct Observation {
  UnitPoint point;
  double loss = 0;       // smaller is better; NaN: the trial failed
  int64_t epochs = 0;    // that it was trained for
  bool running = false;  // no loss yet
};

class Proposer {
 public:
  virtual ~Proposer() = default;
  // The point of trial `number` (from 0): a pure function of its arguments and of what the proposer
  // was made with.
  virtual UnitPoint Propose(int64_t number, const std::vector<Observation>& known) const = 0;
};

// `method`:
//   random  independent uniform points
//   sobol   learn/search/sobol.h, shifted by `seed`
//   grid    every combination, in order
//   tpe     tree-structured Parzen estimator (Bergstra et al. 2011, "Algorithms for hyper-parameter
//           optimization", NeurIPS 24, section 4): after `startup` Sobol points, the best of 24
//           draws from the density of good trials, by the ratio of the densities of good and bad
//           ones. Trials in the middle of training count as bad, which spreads those proposed
//           meanwhile (as a constant liar does). Where trials stop early, those of the longest
//           training that has `startup` losses are looked at (Falkner et al. 2018, BOHB, ICML).
// Errors: kRecipe for sobol and tpe in more than kSobolDimensions dimensions.
std::unique_ptr<Proposer> MakeProposer(const std::string& method, const SearchSpace& space,
                                       uint64_t seed, int64_t startup);

}  // namespace bottega

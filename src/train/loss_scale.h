// Dynamic loss scale for fp16, whose smallest numbers gradients fall below: the loss is multiplied
// by a factor, the gradients are divided by it before the update (Micikevicius et al. 2018,
// arXiv:1710.03740, section 3.2). Free of libtorch.
//
// The factor begins at 2^16. When scaled gradients overflow, the step is left out and the factor
// halved; after kGrowthInterval steps in a row without overflow it is doubled.
#pragma once

#include <cstdint>

#include "base/json.h"

namespace bottega {

class LossScale {
 public:
  static constexpr double kInitial = 65536, kSmallest = 1, kLargest = 16777216;
  static constexpr int64_t kGrowthInterval = 2000;

  enum class Verdict {
    kStep,
    kSkip,      // the gradients overflowed: leave this step out
    kHopeless,  // they did at the smallest scale: it is not the scale's fault
  };

  double value() const { return value_; }
  // After each step, with whether all of its scaled gradients were finite; moves the scale.
  Verdict Observe(bool finite);
  int64_t skipped() const { return skipped_; }  // steps left out so far

  Json State() const;
  void LoadState(const Json& state);

 private:
  double value_ = kInitial;
  int64_t good_ = 0;  // steps since the last overflow or change
  int64_t skipped_ = 0;
};

}  // namespace bottega

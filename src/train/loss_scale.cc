#include "train/loss_scale.h"

#include <algorithm>

namespace bottega {

LossScale::Verdict LossScale::Observe(bool finite) {
  if (!finite) {
    good_ = 0;
    if (value_ <= kSmallest) return Verdict::kHopeless;
    value_ = std::max(kSmallest, value_ / 2);
    ++skipped_;
    return Verdict::kSkip;
  }
  if (++good_ == kGrowthInterval) {
    value_ = std::min(kLargest, value_ * 2);
    good_ = 0;
  }
  return Verdict::kStep;
}

Json LossScale::State() const {
  return {{"value", value_}, {"good", good_}, {"skipped", skipped_}};
}

void LossScale::LoadState(const Json& state) {
  state.at("value").get_to(value_);
  state.at("good").get_to(good_);
  state.at("skipped").get_to(skipped_);
}

}  // namespace bottega

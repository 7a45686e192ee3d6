// Adamax, Adam with the largest gradient instead of its mean square: Kingma and Ba 2015,
// arXiv:1412.6980, section 7.1. Equal to torch.optim.Adamax, whose weight_decay is our l2.
//
//   g += l2 w,  w -= lr weight_decay w
//   m = beta1 m + (1 - beta1) g,   u = max(beta2 u, |g| + eps)
//   w -= lr / (1 - beta1^t) m / u
//
// Slots: exp_avg, exp_inf.
#pragma once

#include "optim/optimizer.h"

namespace bottega {

std::unique_ptr<Optimizer> MakeAdamax(const Json& settings, const UpdateTargets& targets);

}  // namespace bottega

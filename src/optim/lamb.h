// LAMB: You et al. 2020, arXiv:1904.00962, algorithm 2, with phi the identity. Each tensor's step
// is as long as its weights are.
//
//   g += l2 w
//   m = beta1 m + (1 - beta1) g,   v = beta2 v + (1 - beta2) g^2
//   u = (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + eps) + weight_decay w
//   w -= lr (|w| / |u|) u                 where |w| or |u| is 0, the ratio is 1
//
// Slots: exp_avg, exp_avg_sq.
#pragma once

#include "optim/optimizer.h"

namespace bottega {

std::unique_ptr<Optimizer> MakeLamb(const Json& settings, const UpdateTargets& targets);

}  // namespace bottega

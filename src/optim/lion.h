// Lion: Chen et al. 2023, arXiv:2302.06675, algorithm 2. Every weight moves by lr in each step.
//
//   g += l2 w,  c = beta1 m + (1 - beta1) g
//   w -= lr (sign(c) + weight_decay w)
//   m = beta2 m + (1 - beta2) g
//
// Slot: exp_avg.
#pragma once

#include "optim/optimizer.h"

namespace bottega {

std::unique_ptr<Optimizer> MakeLion(const Json& settings, const UpdateTargets& targets);

}  // namespace bottega

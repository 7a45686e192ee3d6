// Stochastic gradient descent with momentum: Polyak 1964; Nesterov's form after Sutskever et al.
// 2013, ICML. sgd is equal to torch.optim.SGD, whose weight_decay is our l2; sgdw decays the
// weights apart from the gradient (Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 1, with
// the decay times lr as in adamw).
//
//   sgd:  g += l2 w             sgdw:  w -= lr weight_decay w
//   b = g in the first step, then momentum b + (1 - dampening) g
//   g = g + momentum b (nesterov) or b        (momentum > 0)
//   w -= lr g
//
// Slot: momentum_buffer (momentum > 0).
#pragma once

#include "optim/optimizer.h"

namespace bottega {

// Errors: kRecipe for nesterov without momentum or with dampening.
std::unique_ptr<Optimizer> MakeSgd(const Json& settings, const UpdateTargets& targets);

}  // namespace bottega

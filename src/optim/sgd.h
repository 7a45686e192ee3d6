// Stochastic gradient descent with momentum: Polyak 1964; Nesterov's form after Sutskever et al.
// 2013, ICML. Equal to torch.optim.SGD.
//
//   g += weight_decay w
//   b = g in the first step, then momentum b + (1 - dampening) g
//   g = g + momentum b (nesterov) or b        (momentum > 0)
//   w -= lr g
//
// Slot: momentum_buffer (momentum > 0).
#pragma once

#include "optim/optimizer.h"

namespace bottega {

// Errors: kRecipe for nesterov without momentum or with dampening.
std::unique_ptr<Optimizer> MakeSgd(const Json& settings, const NamedTensors& parameters);

}  // namespace bottega

// Adam: Kingma and Ba 2015, arXiv:1412.6980.
//
//   g += weight_decay w                     (an L2 penalty; see adamw for decoupled decay)
//   m = beta1 m + (1 - beta1) g,   v = beta2 v + (1 - beta2) g^2
//   w -= lr (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + eps)
//
// Equal to torch.optim.Adam. Slots: exp_avg, exp_avg_sq, max_exp_avg_sq (amsgrad only).
#pragma once

#include "optim/optimizer.h"

namespace bottega {

std::unique_ptr<Optimizer> MakeAdam(const Json& settings, const NamedTensors& parameters);

}  // namespace bottega

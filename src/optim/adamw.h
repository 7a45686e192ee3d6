// AdamW: Adam with decoupled weight decay. Loshchilov and Hutter 2019, arXiv:1711.05101.
//
//   w -= lr weight_decay w
//   m = beta1 m + (1 - beta1) g,   v = beta2 v + (1 - beta2) g^2
//   w -= lr (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + eps)
//
// With `amsgrad` the largest v so far stands in the denominator (Reddi et al. 2018,
// arXiv:1904.09237). Equal to torch.optim.AdamW: all parameters decay, biases and norms included.
// Slots: exp_avg, exp_avg_sq, max_exp_avg_sq (amsgrad only).
#pragma once

#include "optim/optimizer.h"

namespace bottega {

std::unique_ptr<Optimizer> MakeAdamw(const Json& settings, const NamedTensors& parameters);

}  // namespace bottega

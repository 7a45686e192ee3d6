// RMSprop: Tieleman and Hinton 2012, Coursera lecture 6.5; centered after Graves 2013,
// arXiv:1308.0850. Equal to torch.optim.RMSprop, whose weight_decay is our l2.
//
//   g += l2 w,   v = alpha v + (1 - alpha) g^2
//   d = sqrt(v) + eps;  centered: a = alpha a + (1 - alpha) g,  d = sqrt(v - a^2) + eps
//   momentum > 0: b = momentum b + g / d,  w -= lr b;  else  w -= lr g / d
//
// Slots: square_avg, grad_avg (centered), momentum_buffer (momentum > 0).
#pragma once

#include "optim/optimizer.h"

namespace bottega {

std::unique_ptr<Optimizer> MakeRmsprop(const Json& settings, const UpdateTargets& targets);

}  // namespace bottega

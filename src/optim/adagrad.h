// AdaGrad: Duchi, Hazan and Singer 2011, JMLR 12. Equal to torch.optim.Adagrad, whose weight_decay
// is our l2.
//
//   g += l2 w,   s += g^2
//   w -= lr / (1 + (t - 1) lr_decay) g / (sqrt(s) + eps)
//
// Slot: sum, which starts at `initial`.
#pragma once

#include "optim/optimizer.h"

namespace bottega {

std::unique_ptr<Optimizer> MakeAdagrad(const Json& settings, const UpdateTargets& targets);

}  // namespace bottega

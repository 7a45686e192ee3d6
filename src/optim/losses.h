// The list of losses, for loss.cc and the test that compares it with the Specs.
//
//   cross_entropy  -log p_y, with label smoothing s: (1 - s)(-log p_y) - s mean_c log p_c
//                  (Szegedy et al. 2016, arXiv:1512.00567, section 7)
//   focal          -(1 - p_y)^gamma log p_y (Lin et al. 2017, arXiv:1708.02002, equation 4)
//   ordinal        mean over k = 1 ... K - 1 of -log P(rank > k) where y's rank is above k, else
//                  -log P(rank <= k), with P added up from the softmax
//   expected_cost  sum_c p_c cost(y, c)
//   mse            (z - y)^2
//   l1             |z - y|
//   huber          d^2 / 2 for |d| <= delta, else delta (|d| - delta / 2), d = z - y (Huber 1964)
//   quantile       q e for e >= 0, else (q - 1) e, e = y - z (Koenker and Bassett 1978)
#pragma once

#include <string>
#include <vector>

#include "optim/loss.h"

namespace bottega {

struct LossFunction {
  std::string name;
  // l_i: float32 [B], whatever the precision of the logits.
  at::Tensor (*each)(const Json& settings, const at::Tensor& logits, const Batch& batch);
};

// Every loss but `auto`, in the order of LossSpecs().
const std::vector<LossFunction>& LossFunctions();

}  // namespace bottega

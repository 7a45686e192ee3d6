// Layer normalization over the last axis (Ba et al. 2016, arXiv:1607.06450): torch.nn.LayerNorm.
#pragma once

#include "model/module.h"

namespace bottega {

class LayerNorm : public Module {
 public:
  explicit LayerNorm(int64_t channels, double epsilon = 1e-5);
  at::Tensor Forward(const at::Tensor& x) const;

 private:
  at::Tensor& weight_;
  at::Tensor& bias_;
  double epsilon_;
};

}  // namespace bottega

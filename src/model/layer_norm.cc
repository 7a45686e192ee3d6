#include "model/layer_norm.h"

namespace bottega {

LayerNorm::LayerNorm(int64_t channels, double epsilon)
    : weight_(AddParameter("weight", at::ones({channels}))),
      bias_(AddParameter("bias", at::zeros({channels}))),
      epsilon_(epsilon) {}

at::Tensor LayerNorm::Forward(const at::Tensor& x) const {
  return at::layer_norm(x, {weight_.numel()}, weight_, bias_, epsilon_);
}

}  // namespace bottega

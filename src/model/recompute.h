// Gradient checkpointing: values inside a block are not kept for the backward pass, which computes
// them again (Chen et al. 2016, "Training deep nets with sublinear memory cost", arXiv:1604.06174).
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "model/module.h"

namespace bottega {

// body(x, context), of which only x is kept for the backward pass. That runs `body` once more: with
// the same context, hence with the same dropout, in the same autocast, and with norm_momentum 0, so
// that batch norms move their statistics once. Gradients reach x and `parameters`, which must be
// all that the body uses. Without gradients (evaluation) it is body(x, context).
at::Tensor Recomputed(const at::Tensor& x, const StepContext& context,
                      std::vector<at::Tensor> parameters, BlockBody body);

}  // namespace bottega

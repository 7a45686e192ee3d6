// Drop-path (stochastic depth) keyed per row: Huang et al. 2016, arXiv:1603.09382; per row and
// scaled by 1 / (1 - p), so that evaluation does nothing, as in timm. Whether the branch `layer` is
// skipped for a row is a pure function of (seed, epoch, row, layer): the same whatever the batch,
// its order, micro-batches, threads or device.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "model/module.h"

namespace bottega {

// The branch x [B, ...] of a residual block: rows are zero with probability p, else x / (1 - p); x
// itself when not training or p = 0. 0 <= p < 1. For x + DropPath(f(x), ...).
at::Tensor DropPath(const at::Tensor& x, double p, uint32_t layer, const StepContext& context);

// The linear rule: block `block` (from 0) of `blocks` gets p (block + 1) / blocks, so that the last
// has `p` (section 3 of Huang et al., with the input as a block of its own that always survives).
double DropPathRate(double p, int64_t block, int64_t blocks);

}  // namespace bottega

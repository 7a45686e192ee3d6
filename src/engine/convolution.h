// A defect of libtorch's convolutions on the CPU, and when to go around it.
#pragma once

#include <ATen/core/Tensor.h>

namespace bottega {

// Whether the backward pass of a convolution with `weight` [out, in, k, k] and `stride` over x
// [B, in, H, W] would write beyond its buffers. oneDNN, as libtorch 2.13 has it, does for channels
// last, a 1 x 1 kernel, a stride above 1, fewer than 16 input channels and more than one thread.
// Taking every stride-th pixel first and convolving with stride 1 gives the same numbers.
bool ConvolutionOverruns(const at::Tensor& x, const at::Tensor& weight, int64_t stride);

}  // namespace bottega

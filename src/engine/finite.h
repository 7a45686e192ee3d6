// Whether tensors hold numbers only.
#pragma once

#include <ATen/core/Tensor.h>

namespace bottega {

// No NaN and no infinity in `tensor`; true for an undefined one and for whole numbers. Reads a
// float32 tensor of the CPU once, at the speed of memory.
bool AllFinite(const at::Tensor& tensor);

}  // namespace bottega

// The normalization of a hidden layer in FusedMlp: batch norm where the module has running
// statistics, else layer norm (model/layers.h gives the formulas).
#pragma once

#include <optional>
#include <string>

#include "engine/cache_aligned.h"
#include "model/module.h"

namespace bottega {

class FusedNorm {
 public:
  // Of the module `name` of `model`, by its tensors; empty when there is none. Its gradients must
  // be attached, and parameters, gradients and buffers stay where they are.
  static std::optional<FusedNorm> Find(const Module& model, const std::string& name);

  // values [rows, width] with rows of `stride` floats, in place.
  void Forward(float* values, int64_t rows, int64_t stride, const StepContext& context);
  // delta: the gradient by the result, becomes that by the values of the last Forward.
  void Backward(float* delta, int64_t rows, int64_t stride, const StepContext& context);

 private:
  const float* ForwardColumns(const float* values, int64_t rows, int64_t stride,
                              const StepContext& context);

  int64_t width_ = 0;
  float *weight_ = nullptr, *bias_ = nullptr;
  float *weight_gradient_ = nullptr, *bias_gradient_ = nullptr;
  bool batch_ = false;
  at::Tensor running_mean_, running_variance_, batches_;
  AlignedFloats normed_, mean_, variance_, inverse_, scratch_;
};

}  // namespace bottega

// The layers that models are built of. Shapes are [batch, ...]; names and initial values are
// PyTorch's (torch.nn.Linear, Conv2d, BatchNorm1d/2d, Embedding).
#pragma once

#include "engine/initialize.h"
#include "model/module.h"

namespace bottega {

// y = x W^T + b; x [B, in]. W, b ~ U(-1/sqrt(in), 1/sqrt(in)).
class Linear : public Module {
 public:
  Linear(int64_t in, int64_t out, Initializer& initializer);
  at::Tensor Forward(const at::Tensor& x) const;
  at::Tensor& weight() { return weight_; }
  at::Tensor& bias() { return bias_; }

 private:
  at::Tensor& weight_;
  at::Tensor& bias_;
};

// Cross-correlation without bias over [B, in, H, W]; square kernel. W: Kaiming fan-out.
class Conv2d : public Module {
 public:
  Conv2d(int64_t in, int64_t out, int64_t kernel, int64_t stride, int64_t padding,
         Initializer& initializer);
  at::Tensor Forward(const at::Tensor& x) const;

 private:
  at::Tensor& weight_;
  int64_t stride_;
  int64_t padding_;
};

// Batch normalization over [B, C] or [B, C, H, W] (Ioffe and Szegedy 2015, arXiv:1502.03167):
// training normalizes by the micro-batch's mean and biased variance and moves the running
// statistics by `momentum` (running variance unbiased); evaluation uses the running ones.
// Buffers: running_mean, running_var, num_batches_tracked (int64 scalar).
// See StepContext for another momentum.
class BatchNorm : public Module {
 public:
  explicit BatchNorm(int64_t channels, double momentum = 0.1, double epsilon = 1e-5);
  at::Tensor Forward(const at::Tensor& x, const StepContext& context) const;
  at::Tensor& weight() { return weight_; }

 private:
  at::Tensor& weight_;
  at::Tensor& bias_;
  at::Tensor& mean_;
  at::Tensor& variance_;
  at::Tensor& batches_;
  double momentum_;
  double epsilon_;
};

// Rows of a table: codes int64 [B] -> [B, width]. W ~ N(0, 1).
class Embedding : public Module {
 public:
  Embedding(int64_t cardinality, int64_t width, Initializer& initializer);
  at::Tensor Forward(const at::Tensor& codes) const;
  at::Tensor& weight() { return weight_; }

 private:
  at::Tensor& weight_;
};

}  // namespace bottega

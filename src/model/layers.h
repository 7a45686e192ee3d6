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

// What normalizes between two layers; x [B, C] or [B, C, H, W].
class Norm : public Module {
 public:
  virtual at::Tensor Forward(const at::Tensor& x, const StepContext& context) const = 0;
  virtual at::Tensor& weight() = 0;
};

// "batch", "layer" or "group"; null for "none".
std::shared_ptr<Norm> MakeNorm(const std::string& kind, int64_t channels);

// Batch normalization over [B, C] or [B, C, H, W] (Ioffe and Szegedy 2015, arXiv:1502.03167):
// training normalizes by the micro-batch's mean and biased variance and moves the running
// statistics by `momentum` (running variance unbiased); evaluation uses the running ones.
// Buffers: running_mean, running_var, num_batches_tracked (int64 scalar).
// See StepContext for frozen statistics and other momenta.
class BatchNorm : public Norm {
 public:
  explicit BatchNorm(int64_t channels, double momentum = 0.1, double epsilon = 1e-5);
  at::Tensor Forward(const at::Tensor& x, const StepContext& context) const override;
  at::Tensor& weight() override { return weight_; }

 private:
  at::Tensor& weight_;
  at::Tensor& bias_;
  at::Tensor& mean_;
  at::Tensor& variance_;
  at::Tensor& batches_;
  double momentum_;
  double epsilon_;
};

// Over the units of each row of [B, C] (Ba et al. 2016, arXiv:1607.06450).
class LayerNorm : public Norm {
 public:
  explicit LayerNorm(int64_t channels, double epsilon = 1e-5);
  at::Tensor Forward(const at::Tensor& x, const StepContext& context) const override;
  at::Tensor& weight() override { return weight_; }

 private:
  at::Tensor& weight_;
  at::Tensor& bias_;
  double epsilon_;
};

// Over groups of channels and the pixels of each picture of [B, C, H, W] (Wu and He 2018,
// arXiv:1803.08494).
class GroupNorm : public Norm {
 public:
  // `groups` divides `channels`.
  GroupNorm(int64_t channels, int64_t groups, double epsilon = 1e-5);
  // Groups of at least 8 channels, at most 32 of them.
  static int64_t Groups(int64_t channels);
  at::Tensor Forward(const at::Tensor& x, const StepContext& context) const override;
  at::Tensor& weight() override { return weight_; }

 private:
  int64_t groups_;
  at::Tensor& weight_;
  at::Tensor& bias_;
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

// Initial values of parameters. libtorch's generator serves here and nowhere else.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace bottega {

// Draws the initial values of one model: a CPU generator seeded from `seed`; the result depends
// on the order of calls alone, not on threads or device.
class Initializer {
 public:
  // `stream`: another one is independent of the first.
  explicit Initializer(uint64_t seed, int64_t stream = 0);

  // U(-bound, bound).
  at::Tensor Uniform(std::vector<int64_t> shape, double bound);
  // N(0, deviation^2).
  at::Tensor Normal(std::vector<int64_t> shape, double deviation);
  // Kaiming normal, fan-out, ReLU gain: N(0, 2 / (out * kh * kw)); He et al. 2015,
  // arXiv:1502.01852, eq. 14; what torchvision's ResNet uses. `shape` is [out, in, kh, kw].
  at::Tensor KaimingFanOut(std::vector<int64_t> shape);
  // N(0, deviation^2) cut at two deviations, by the inverse of the distribution.
  at::Tensor TruncatedNormal(std::vector<int64_t> shape, double deviation);
  // Rows or columns, whichever are fewer, orthonormal: QR of a normal matrix with the signs of R's
  // diagonal (Saxe et al. 2014, arXiv:1312.6120). More than two dimensions: all but the first are
  // columns.
  at::Tensor Orthogonal(std::vector<int64_t> shape);

 private:
  at::Generator generator_;
};

}  // namespace bottega

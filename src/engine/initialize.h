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
  explicit Initializer(uint64_t seed);

  // U(-bound, bound).
  at::Tensor Uniform(std::vector<int64_t> shape, double bound);
  // N(0, deviation^2).
  at::Tensor Normal(std::vector<int64_t> shape, double deviation);
  // Kaiming normal, fan-out, ReLU gain: N(0, 2 / (out * kh * kw)); He et al. 2015,
  // arXiv:1502.01852, eq. 14; what torchvision's ResNet uses. `shape` is [out, in, kh, kw].
  at::Tensor KaimingFanOut(std::vector<int64_t> shape);

 private:
  at::Generator generator_;
};

}  // namespace bottega

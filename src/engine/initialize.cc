#include "engine/initialize.h"

#include <ATen/CPUGeneratorImpl.h>

#include <numbers>

#include "base/random.h"
#include "engine/blas.h"

namespace bottega {

Initializer::Initializer(uint64_t seed, int64_t stream) {
  Random random(seed, Purpose::kInitialize, stream);
  const uint64_t high = random.Bits();
  generator_ = at::make_generator<at::CPUGeneratorImpl>(high << 32 | random.Bits());
}

at::Tensor Initializer::Uniform(std::vector<int64_t> shape, double bound) {
  return at::empty(shape).uniform_(-bound, bound, generator_);
}

at::Tensor Initializer::Normal(std::vector<int64_t> shape, double deviation) {
  return at::empty(shape).normal_(0, deviation, generator_);
}

at::Tensor Initializer::TruncatedNormal(std::vector<int64_t> shape, double deviation) {
  const double inside = std::erf(std::numbers::sqrt2);  // share within two deviations
  const at::Tensor share = at::empty(shape, at::kDouble).uniform_(-inside, inside, generator_);
  return at::erfinv(share).mul_(deviation * std::numbers::sqrt2).to(at::kFloat);
}

at::Tensor Initializer::Orthogonal(std::vector<int64_t> shape) {
  const BlasThreads one(1);  // the same bits whatever the threads
  const at::Tensor normal = Normal(shape, 1).view({shape[0], -1}).to(at::kDouble);
  const bool wide = normal.size(0) < normal.size(1);
  const auto [q, r] = at::linalg_qr(wide ? normal.t() : normal);
  const at::Tensor signs = at::where(r.diagonal() < 0, -1.0, 1.0);
  const at::Tensor columns = q * signs;
  return (wide ? columns.t() : columns).contiguous().view(shape).to(at::kFloat);
}

at::Tensor Initializer::KaimingFanOut(std::vector<int64_t> shape) {
  const int64_t fan_out = shape[0] * shape[2] * shape[3];
  return Normal(shape, std::sqrt(2.0 / static_cast<double>(fan_out)));
}

}  // namespace bottega

#include "engine/initialize.h"

#include <ATen/CPUGeneratorImpl.h>

#include "base/random.h"

namespace bottega {

Initializer::Initializer(uint64_t seed) {
  Random random(seed, Purpose::kInitialize);
  const uint64_t high = random.Bits();
  generator_ = at::make_generator<at::CPUGeneratorImpl>(high << 32 | random.Bits());
}

at::Tensor Initializer::Uniform(std::vector<int64_t> shape, double bound) {
  return at::empty(shape).uniform_(-bound, bound, generator_);
}

at::Tensor Initializer::Normal(std::vector<int64_t> shape, double deviation) {
  return at::empty(shape).normal_(0, deviation, generator_);
}

at::Tensor Initializer::KaimingFanOut(std::vector<int64_t> shape) {
  const int64_t fan_out = shape[0] * shape[2] * shape[3];
  return Normal(shape, std::sqrt(2.0 / static_cast<double>(fan_out)));
}

}  // namespace bottega

#include "profile/sketch/distinct_sketch.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace bottega {

void DistinctSketch::Add(uint64_t hash) {
  const size_t index = hash >> (64 - kBits);
  const uint64_t rest = (hash << kBits) | (uint64_t{1} << (kBits - 1));  // ends the run of zeros
  const auto rank = static_cast<uint8_t>(std::countl_zero(rest) + 1);
  registers_[index] = std::max(registers_[index], rank);
}

void DistinctSketch::Merge(const DistinctSketch& other) {
  for (size_t i = 0; i < registers_.size(); ++i) {
    registers_[i] = std::max(registers_[i], other.registers_[i]);
  }
}

double DistinctSketch::Estimate() const {
  const auto m = static_cast<double>(registers_.size());
  double sum = 0;
  int64_t empty = 0;
  for (const uint8_t rank : registers_) {
    sum += std::ldexp(1.0, -rank);
    empty += rank == 0;
  }
  const double raw = 0.7213 / (1 + 1.079 / m) * m * m / sum;
  if (raw <= 2.5 * m && empty > 0) return m * std::log(m / static_cast<double>(empty));
  return raw;
}

}  // namespace bottega

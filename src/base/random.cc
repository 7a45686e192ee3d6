#include "base/random.h"

#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

namespace bottega {

PhiloxBlock Philox(PhiloxBlock c, std::array<uint32_t, 2> key) {
  constexpr uint64_t kMultiplier0 = 0xD2511F53, kMultiplier1 = 0xCD9E8D57;
  constexpr uint32_t kWeyl0 = 0x9E3779B9, kWeyl1 = 0xBB67AE85;
  for (int round = 0; round < 10; ++round) {
    const uint64_t p0 = kMultiplier0 * c[0], p1 = kMultiplier1 * c[2];
    c = {static_cast<uint32_t>(p1 >> 32) ^ c[1] ^ key[0], static_cast<uint32_t>(p1),
         static_cast<uint32_t>(p0 >> 32) ^ c[3] ^ key[1], static_cast<uint32_t>(p0)};
    key[0] += kWeyl0;
    key[1] += kWeyl1;
  }
  return c;
}

Random::Random(uint64_t seed, Purpose purpose, int64_t epoch, int64_t row)
    : key_{static_cast<uint32_t>(seed) ^ (static_cast<uint32_t>(purpose) << 24),
           static_cast<uint32_t>(seed >> 32)},
      counter_{0, static_cast<uint32_t>(epoch), static_cast<uint32_t>(row),
               static_cast<uint32_t>(static_cast<uint64_t>(row) >> 32)} {}

uint32_t Random::Bits() {
  if (used_ == 4) {
    block_ = Philox(counter_, key_);
    ++counter_[0];
    used_ = 0;
  }
  return block_[static_cast<size_t>(used_++)];
}

double Random::Uniform() {
  const uint64_t high = Bits() >> 5, low = Bits() >> 6;
  return static_cast<double>(high << 26 | low) * 0x1p-53;
}

double Random::Uniform(double low, double high) { return low + (high - low) * Uniform(); }

int64_t Random::Below(int64_t n) {
  const uint64_t range = static_cast<uint64_t>(n);
  const uint64_t limit = UINT64_MAX - UINT64_MAX % range;
  while (true) {
    const uint64_t high = Bits();
    const uint64_t draw = high << 32 | Bits();
    if (draw < limit) return static_cast<int64_t>(draw % range);
  }
}

bool Random::Chance(double probability) { return Uniform() < probability; }

double Random::Normal() {
  const double radius = std::sqrt(-2 * std::log(1 - Uniform()));
  return radius * std::cos(2 * std::numbers::pi * Uniform());
}

std::vector<int64_t> Permutation(int64_t n, uint64_t seed, Purpose purpose, int64_t epoch) {
  std::vector<int64_t> order(static_cast<size_t>(n));
  std::iota(order.begin(), order.end(), 0);
  Random random(seed, purpose, epoch, -1);
  for (int64_t i = n - 1; i > 0; --i) {
    std::swap(order[static_cast<size_t>(i)], order[static_cast<size_t>(random.Below(i + 1))]);
  }
  return order;
}

}  // namespace bottega

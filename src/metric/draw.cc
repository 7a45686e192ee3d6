#include "metric/draw.h"

#include <algorithm>
#include <array>

#include "base/random.h"

namespace bottega {

namespace {

constexpr size_t kLanes = 16;
using Lanes = std::array<uint32_t, kLanes>;

// Philox4x32-10 of kLanes counters side by side: base/random.h's Philox, so that compilers use
// vectors. Word w of lane l goes to out[4 * l + w].
__attribute__((target_clones("avx512f", "avx2", "default"))) void PhiloxLanes(
    std::array<Lanes, 4> c, std::array<uint32_t, 2> key, uint32_t* out) {
  constexpr uint64_t kMultiplier0 = 0xD2511F53, kMultiplier1 = 0xCD9E8D57;
  for (int round = 0; round < 10; ++round) {
    for (size_t l = 0; l < kLanes; ++l) {
      const uint64_t p0 = kMultiplier0 * c[0][l], p1 = kMultiplier1 * c[2][l];
      const uint32_t c1 = c[1][l], c3 = c[3][l];
      c[0][l] = static_cast<uint32_t>(p1 >> 32) ^ c1 ^ key[0];
      c[1][l] = static_cast<uint32_t>(p1);
      c[2][l] = static_cast<uint32_t>(p0 >> 32) ^ c3 ^ key[1];
      c[3][l] = static_cast<uint32_t>(p0);
    }
    key[0] += 0x9E3779B9;
    key[1] += 0xBB67AE85;
  }
  for (size_t l = 0; l < kLanes; ++l) {
    for (size_t w = 0; w < 4; ++w) out[4 * l + w] = c[w][l];
  }
}

}  // namespace

void DrawCounts(uint64_t seed, int64_t resample, std::vector<uint16_t>* counts) {
  const uint64_t n = counts->size();
  std::fill(counts->begin(), counts->end(), uint16_t{0});
  const std::array<uint32_t, 2> key = {
      static_cast<uint32_t>(seed) ^ (static_cast<uint32_t>(Purpose::kBootstrap) << 24),
      static_cast<uint32_t>(seed >> 32)};
  std::array<Lanes, 4> counter{};
  counter[2].fill(static_cast<uint32_t>(resample));
  counter[3].fill(static_cast<uint32_t>(static_cast<uint64_t>(resample) >> 32));
  std::array<uint32_t, 4 * kLanes> bits;
  for (uint64_t done = 0, block = 0; done < n; done += bits.size()) {
    for (size_t l = 0; l < kLanes; ++l) counter[0][l] = static_cast<uint32_t>(block++);
    PhiloxLanes(counter, key, bits.data());
    const uint64_t now = std::min<uint64_t>(bits.size(), n - done);
    for (uint64_t k = 0; k < now; ++k) ++(*counts)[(bits[k] * n) >> 32];
  }
}

}  // namespace bottega

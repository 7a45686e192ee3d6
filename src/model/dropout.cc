#include "model/dropout.h"

#include "base/random.h"

namespace bottega {

namespace {

constexpr int64_t kLanes = 16;    // Philox blocks computed side by side
constexpr int64_t kPerBlock = 8;  // elements from one block of 128 bits

struct Lanes {
  uint32_t v[4][kLanes];
};

// Ten Philox4x32 rounds on `kLanes` counters; equal to Philox() in base/random.h lane by lane.
__attribute__((target_clones("avx512f", "avx2", "default"))) void PhiloxLanes(Lanes& c,
                                                                              uint32_t key0,
                                                                              uint32_t key1) {
  for (int round = 0; round < 10; ++round) {
    for (int64_t i = 0; i < kLanes; ++i) {
      const uint64_t p0 = uint64_t{0xD2511F53} * c.v[0][i], p1 = uint64_t{0xCD9E8D57} * c.v[2][i];
      c.v[0][i] = static_cast<uint32_t>(p1 >> 32) ^ c.v[1][i] ^ key0;
      c.v[1][i] = static_cast<uint32_t>(p1);
      c.v[2][i] = static_cast<uint32_t>(p0 >> 32) ^ c.v[3][i] ^ key1;
      c.v[3][i] = static_cast<uint32_t>(p0);
    }
    key0 += 0x9E3779B9;
    key1 += 0xBB67AE85;
  }
}

}  // namespace

void FillDropoutMask(const DropoutKey& key, std::span<const int64_t> rows, int64_t width, double p,
                     float* mask) {
  const uint32_t threshold = static_cast<uint32_t>(std::lround(p * 65536));
  const float keep = static_cast<float>(1 / (1 - p));
  const uint32_t key0 =
      static_cast<uint32_t>(key.seed) ^ (static_cast<uint32_t>(Purpose::kDropout) << 24);
  const uint32_t key1 = static_cast<uint32_t>(key.seed >> 32);
  const int64_t blocks = (width + kPerBlock - 1) / kPerBlock;
  Lanes lanes;
  const int64_t total = static_cast<int64_t>(rows.size()) * blocks;
  int64_t row = 0, block = 0;          // of the next lane to fill
  int64_t out_row = 0, out_block = 0;  // of the next lane to write
  for (int64_t begin = 0; begin < total; begin += kLanes) {
    const int64_t n = std::min(kLanes, total - begin);
    for (int64_t i = 0; i < n; ++i) {
      const uint64_t id = static_cast<uint64_t>(rows[row]);
      lanes.v[0][i] = key.layer << 20 | static_cast<uint32_t>(block);
      lanes.v[1][i] = static_cast<uint32_t>(key.epoch);
      lanes.v[2][i] = static_cast<uint32_t>(id);
      lanes.v[3][i] = static_cast<uint32_t>(id >> 32);
      if (++block == blocks) block = 0, ++row;
    }
    PhiloxLanes(lanes, key0, key1);
    for (int64_t i = 0; i < n; ++i) {
      float* out = mask + out_row * width + out_block * kPerBlock;
      const int64_t count = std::min(kPerBlock, width - out_block * kPerBlock);
      for (int64_t j = 0; j < count; ++j) {
        const uint32_t bits = (lanes.v[j / 2][i] >> (j % 2 * 16)) & 0xFFFF;
        out[j] = bits < threshold ? 0.0f : keep;
      }
      if (++out_block == blocks) out_block = 0, ++out_row;
    }
  }
}

at::Tensor Dropout(const at::Tensor& x, double p, uint32_t layer, const StepContext& context) {
  if (!context.training || p <= 0) return x;
  const int64_t rows = x.size(0);
  at::Tensor mask = at::empty(x.sizes(), at::kFloat);
  FillDropoutMask({context.seed, context.epoch, layer}, context.rows.first(rows), x.numel() / rows,
                  p, mask.mutable_data_ptr<float>());
  return x * mask.to(x.device(), x.scalar_type());
}

}  // namespace bottega

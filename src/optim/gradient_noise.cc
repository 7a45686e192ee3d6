#include "optim/gradient_noise.h"

#include <cmath>
#include <numbers>

#include "base/random.h"
#include "base/threads.h"

namespace bottega {

namespace {

constexpr int64_t kPerBlock = 4;
constexpr int64_t kBlocksPerTask = 1 << 14;

// Two normal numbers of 64 bits.
void BoxMuller(uint32_t a, uint32_t b, float* out) {
  const float u = (static_cast<float>(a >> 8) + 1) * 0x1p-24f;  // (0, 1]
  const float angle = static_cast<float>(b >> 8) * 0x1p-24f * 2 * std::numbers::pi_v<float>;
  const float radius = std::sqrt(-2 * std::log(u));
  out[0] = radius * std::cos(angle);
  out[1] = radius * std::sin(angle);
}

}  // namespace

void FillNormal(uint64_t seed, int64_t step, int64_t parameter, int64_t count, float* out) {
  const uint32_t purpose = static_cast<uint32_t>(Purpose::kGradientNoise) << 24;
  const std::array<uint32_t, 2> key = {static_cast<uint32_t>(seed) ^ purpose,
                                       static_cast<uint32_t>(seed >> 32)};
  const int64_t blocks = (count + kPerBlock - 1) / kPerBlock;
  ParallelFor(blocks, kBlocksPerTask, [&](int64_t begin, int64_t end) {
    for (int64_t b = begin; b < end; ++b) {
      const PhiloxBlock bits =
          Philox({static_cast<uint32_t>(b), static_cast<uint32_t>(step),
                  static_cast<uint32_t>(parameter), static_cast<uint32_t>(b >> 32)},
                 key);
      float four[kPerBlock];
      BoxMuller(bits[0], bits[1], four);
      BoxMuller(bits[2], bits[3], four + 2);
      const int64_t at = b * kPerBlock;
      for (int64_t i = 0; i < std::min(kPerBlock, count - at); ++i) out[at + i] = four[i];
    }
  });
}

void AddGradientNoise(const Json& settings, uint64_t seed, int64_t step,
                      const NamedTensors& parameters) {
  const at::NoGradGuard no_grad;
  const double variance =
      settings.at("eta").get<double>() /
      std::pow(1 + static_cast<double>(step), settings.at("gamma").get<double>());
  for (size_t k = 0; k < parameters.size(); ++k) {
    const at::Tensor& gradient = parameters[k].second.grad();
    if (!gradient.defined()) continue;
    const at::Tensor noise = at::empty(gradient.sizes(), at::kFloat);
    FillNormal(seed, step, static_cast<int64_t>(k), noise.numel(), noise.mutable_data_ptr<float>());
    gradient.add_(noise.to(gradient.device(), gradient.scalar_type()), std::sqrt(variance));
  }
}

}  // namespace bottega

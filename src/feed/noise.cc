#include <algorithm>
#include <cmath>

#include "feed/augmentation.h"

namespace bottega {

namespace {

// Deviation of the sum of four even bytes: sqrt(4 (256^2 - 1) / 12).
const double kSumDeviation = std::sqrt((256.0 * 256 - 1) / 3);
constexpr int kBits = 16;

class Noise : public Augmentation {
 public:
  explicit Noise(const Json& settings)
      : scale_(static_cast<int>(std::lround(settings.at("deviation").get<double>() * 255 /
                                            kSumDeviation * (1 << kBits)))) {}

  void Apply(Picture* picture, Random& random) const override {
    if (scale_ == 0) return;
    for (uint8_t& value : picture->rgb) {
      const uint32_t bits = random.Bits();
      // All four bytes in two steps: pairs, then their sum.
      const uint32_t pairs = (bits & 0x00FF00FF) + (bits >> 8 & 0x00FF00FF);
      const int sum = static_cast<int>((pairs & 0xFFFF) + (pairs >> 16)) - 2 * 255;
      const int noise = (sum * scale_ + (1 << (kBits - 1))) >> kBits;
      value = static_cast<uint8_t>(std::clamp(value + noise, 0, 255));
    }
  }

 private:
  const int scale_;
};

}  // namespace

std::unique_ptr<Augmentation> MakeNoise(const Json& settings) {
  return std::make_unique<Noise>(settings);
}

}  // namespace bottega

#include <algorithm>
#include <array>
#include <cmath>

#include "feed/augmentation.h"

namespace bottega {

namespace {

// ImageNet's mean colour: zero once pictures are normalized.
constexpr std::array<uint8_t, 3> kFill = {124, 116, 104};

class Cutout : public Augmentation {
 public:
  explicit Cutout(const Json& settings)
      : fraction_(settings.at("fraction").get<double>()),
        probability_(settings.at("probability").get<double>()) {}

  void Apply(Picture* picture, Random& random) const override {
    if (!random.Chance(probability_)) return;
    const int w = picture->width, h = picture->height;
    const int side = static_cast<int>(std::lround(std::sqrt(fraction_ * w * h)));
    const int left = static_cast<int>(random.Below(w)) - side / 2;
    const int top = static_cast<int>(random.Below(h)) - side / 2;
    for (int y = std::max(0, top); y < std::min(h, top + side); ++y) {
      for (int x = std::max(0, left); x < std::min(w, left + side); ++x) {
        std::copy(kFill.begin(), kFill.end(),
                  picture->rgb.begin() + 3 * (static_cast<ptrdiff_t>(y) * w + x));
      }
    }
  }

 private:
  const double fraction_, probability_;
};

}  // namespace

std::unique_ptr<Augmentation> MakeCutout(const Json& settings) {
  return std::make_unique<Cutout>(settings);
}

}  // namespace bottega

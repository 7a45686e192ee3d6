#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "feed/augmentation.h"

namespace bottega {

namespace {

constexpr int kBits = 12;  // of the fractions between two pixels

class Rotate : public Augmentation {
 public:
  explicit Rotate(const Json& settings) : degrees_(settings.at("degrees").get<double>()) {}

  void Apply(Picture* picture, Random& random) const override {
    const double angle = random.Uniform(-degrees_, degrees_) * std::numbers::pi / 180;
    if (angle == 0) return;
    const double cosine = std::cos(angle), sine = std::sin(angle);
    const int w = picture->width, h = picture->height;
    const double mid_x = (w - 1) / 2.0, mid_y = (h - 1) / 2.0;
    thread_local std::vector<uint8_t> turned;
    turned.resize(picture->rgb.size());
    uint8_t* to = turned.data();
    for (int y = 0; y < h; ++y) {
      for (int x = 0; x < w; ++x, to += 3) {
        const double dx = x - mid_x, dy = y - mid_y;
        Sample(*picture, mid_x + cosine * dx + sine * dy, mid_y - sine * dx + cosine * dy, to);
      }
    }
    std::copy(turned.begin(), turned.end(), picture->rgb.begin());
  }

 private:
  static void Sample(const Picture& picture, double x, double y, uint8_t* to) {
    const int max_x = picture.width - 1, max_y = picture.height - 1;
    const auto fixed_x = static_cast<int>(std::clamp(x, 0.0, double(max_x)) * (1 << kBits));
    const auto fixed_y = static_cast<int>(std::clamp(y, 0.0, double(max_y)) * (1 << kBits));
    const int x0 = fixed_x >> kBits, y0 = fixed_y >> kBits;
    const int fx = fixed_x & ((1 << kBits) - 1), fy = fixed_y & ((1 << kBits) - 1);
    const ptrdiff_t row = 3 * static_cast<ptrdiff_t>(picture.width);
    const uint8_t* a = picture.rgb.data() + y0 * row + 3 * x0;
    const uint8_t* b = a + (y0 < max_y ? row : 0);
    const int right = x0 < max_x ? 3 : 0;
    for (int c = 0; c < 3; ++c) {
      const int top = (a[c] << kBits) + (a[c + right] - a[c]) * fx;
      const int bottom = (b[c] << kBits) + (b[c + right] - b[c]) * fx;
      const int64_t value = (int64_t{top} << kBits) + int64_t{bottom - top} * fy;
      to[c] = static_cast<uint8_t>((value + (int64_t{1} << (2 * kBits - 1))) >> (2 * kBits));
    }
  }

  const double degrees_;
};

}  // namespace

std::unique_ptr<Augmentation> MakeRotate(const Json& settings) {
  return std::make_unique<Rotate>(settings);
}

}  // namespace bottega

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "feed/augmentation.h"
#include "feed/test_augmentation.h"

namespace bottega {
namespace {

using Color = std::array<double, 3>;

double Gray(const Color& c) { return 0.299 * c[0] + 0.587 * c[1] + 0.114 * c[2]; }

// What the Spec says, step by step; `mean` is the picture's mean gray.
Color Jittered(Color c, double mean, double brightness, double contrast, double saturation,
               double turn) {
  for (double& v : c) v *= brightness;
  for (double& v : c) v = brightness * mean + contrast * (v - brightness * mean);
  const double gray = Gray(c);
  for (double& v : c) v = gray + saturation * (v - gray);
  const double i = 0.595716 * c[0] - 0.274453 * c[1] - 0.321263 * c[2];
  const double q = 0.211456 * c[0] - 0.522591 * c[1] + 0.311135 * c[2];
  const double angle = 2 * std::numbers::pi * turn;
  const double turned_i = std::cos(angle) * i - std::sin(angle) * q;
  const double turned_q = std::sin(angle) * i + std::cos(angle) * q;
  return {gray + 0.9563 * turned_i + 0.6210 * turned_q,
          gray - 0.2721 * turned_i - 0.6474 * turned_q,
          gray - 1.1070 * turned_i + 1.7046 * turned_q};
}

TEST(ColorJitterTest, FollowsItsFormula) {
  const std::vector<std::array<uint8_t, 3>> pixels = {
      {200, 30, 60}, {10, 120, 240}, {128, 128, 128}, {90, 200, 20}};
  Picture before{.width = 2, .height = 2};
  double mean = 0;
  for (const auto& pixel : pixels) {
    before.rgb.insert(before.rgb.end(), pixel.begin(), pixel.end());
    mean += Gray({double(pixel[0]), double(pixel[1]), double(pixel[2])}) / 4;
  }
  const auto jitter = Make(
      "color_jitter", {{"brightness", 0.3}, {"contrast", 0.4}, {"saturation", 0.5}, {"hue", 0.2}});
  for (int64_t row = 0; row < 100; ++row) {
    Random draw = RandomOf(row);
    const double brightness = draw.Uniform(0.7, 1.3), contrast = draw.Uniform(0.6, 1.4);
    const double saturation = draw.Uniform(0.5, 1.5), turn = draw.Uniform(-0.2, 0.2);
    const Picture picture = Applied(*jitter, before, row);
    for (size_t i = 0; i < 4; ++i) {
      const auto& p = pixels[i];
      const Color expected = Jittered({double(p[0]), double(p[1]), double(p[2])}, mean, brightness,
                                      contrast, saturation, turn);
      for (size_t c = 0; c < 3; ++c) {
        EXPECT_NEAR(picture.rgb[3 * i + c], std::clamp(expected[c], 0.0, 255.0), 1) << row;
      }
    }
  }
}

TEST(ColorJitterTest, NothingAskedNothingDone) {
  const auto nothing =
      Make("color_jitter", {{"brightness", 0}, {"contrast", 0}, {"saturation", 0}, {"hue", 0}});
  EXPECT_EQ(CountChanged(*nothing, Numbered(9, 9), 10), 0);
}

}  // namespace
}  // namespace bottega

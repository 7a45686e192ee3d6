#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "feed/augmentation.h"
#include "feed/test_augmentation.h"

namespace bottega {
namespace {

struct Spot {
  double x = 0, y = 0, weight = 0;
};

Spot MiddleOfLight(const Picture& picture) {
  Spot spot;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const double light = At(picture, x, y)[0];
      spot.x += light * x;
      spot.y += light * y;
      spot.weight += light;
    }
  }
  spot.x /= spot.weight;
  spot.y /= spot.weight;
  return spot;
}

TEST(RotateTest, ByNothingIsTheSamePicture) {
  EXPECT_EQ(CountChanged(*Make("rotate", {{"degrees", 0}}), Numbered(9, 9), 10), 0);
}

// A positive angle turns clockwise, as y grows downwards.
TEST(RotateTest, AMarkMovesToWhereTheAngleSays) {
  Picture before = Even(33, 33, {0, 0, 0});
  for (int y = 11; y <= 13; ++y) {
    for (int x = 7; x <= 9; ++x) {
      for (size_t c = 0; c < 3; ++c) before.rgb[3 * (static_cast<size_t>(y) * 33 + x) + c] = 250;
    }
  }
  const auto rotate = Make("rotate", {{"degrees", 180}});
  int quarters = 0;
  for (int64_t row = 0; row < 400; ++row) {
    Random draw = RandomOf(row);
    const double degrees = draw.Uniform(-180, 180), angle = degrees * std::numbers::pi / 180;
    const Spot spot = MiddleOfLight(Applied(*rotate, before, row));
    const double dx = 8 - 16, dy = 12 - 16;
    EXPECT_NEAR(spot.x, 16 + std::cos(angle) * dx - std::sin(angle) * dy, 0.15) << degrees;
    EXPECT_NEAR(spot.y, 16 + std::sin(angle) * dx + std::cos(angle) * dy, 0.15) << degrees;
    if (std::abs(degrees - 90) > 2) continue;
    EXPECT_NEAR(spot.x, 20, 0.5);
    EXPECT_NEAR(spot.y, 8, 0.5);
    ++quarters;
  }
  EXPECT_GE(quarters, 1);
}

TEST(RotateTest, CornersRepeatTheBorder) {
  const Picture even = Even(20, 20, {40, 90, 200});
  EXPECT_EQ(CountChanged(*Make("rotate", {{"degrees", 45}}), even, 10), 0);
}

}  // namespace
}  // namespace bottega

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "feed/augmentation.h"
#include "feed/test_augmentation.h"

namespace bottega {
namespace {

TEST(NoiseTest, HasTheDeviationAndNoMean) {
  for (const double deviation : {0.01, 0.03, 0.1}) {
    const Picture picture =
        Applied(*Make("noise", {{"deviation", deviation}}), Even(100, 100, {128, 128, 128}));
    double sum = 0, squares = 0, largest = 0;
    for (const uint8_t value : picture.rgb) {
      const double noise = value - 128.0;
      sum += noise;
      squares += noise * noise;
      largest = std::max(largest, std::abs(noise));
    }
    const double n = static_cast<double>(picture.rgb.size());
    EXPECT_NEAR(sum / n, 0, 4 * 255 * deviation / std::sqrt(n));
    // Rounding to whole levels adds a twelfth to the variance.
    EXPECT_NEAR(std::sqrt(squares / n - 1.0 / 12), 255 * deviation, 255 * deviation * 0.02);
    EXPECT_LE(largest, 3.5 * 255 * deviation + 1);
  }
}

TEST(NoiseTest, StopsAtBlackAndWhite) {
  for (const int value : {0, 255}) {
    const auto level = static_cast<uint8_t>(value);
    const Picture picture =
        Applied(*Make("noise", {{"deviation", 0.1}}), Even(50, 50, {level, level, level}));
    for (const uint8_t v : picture.rgb) ASSERT_LT(std::abs(v - value), 100);
    EXPECT_GT(std::ranges::count(picture.rgb, level), 3000);
  }
  EXPECT_EQ(CountChanged(*Make("noise", {{"deviation", 0}}), Numbered(5, 5), 10), 0);
}

}  // namespace
}  // namespace bottega

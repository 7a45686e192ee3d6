#include "feed/normalize.h"

#include <gtest/gtest.h>

#include <vector>

namespace bottega {
namespace {

// Sizes that fill no whole number of vectors too.
TEST(NormalizeTest, EqualsTheFormulaInBothLayouts) {
  const std::array<float, 3> mean = {0.485f, 0.456f, 0.406f}, deviation = {0.229f, 0.224f, 0.225f};
  const Normalization normalization = MakeNormalization(mean, deviation);
  for (const size_t pixels : {1, 7, 8, 9, 256}) {
    std::vector<uint8_t> rgb(3 * pixels);
    for (size_t i = 0; i < rgb.size(); ++i) rgb[i] = static_cast<uint8_t>(i * 37 % 256);
    std::vector<float> planes(3 * pixels), last(3 * pixels);
    Normalize(rgb.data(), static_cast<int64_t>(pixels), normalization, false, planes.data());
    Normalize(rgb.data(), static_cast<int64_t>(pixels), normalization, true, last.data());
    for (size_t i = 0; i < pixels; ++i) {
      for (size_t c = 0; c < 3; ++c) {
        const double expected = (rgb[3 * i + c] / 255.0 - mean[c]) / deviation[c];
        EXPECT_NEAR(planes[c * pixels + i], expected, 1e-5);
        EXPECT_EQ(planes[c * pixels + i], last[3 * i + c]);
      }
    }
  }
}

TEST(NormalizeTest, TheMeanIsZeroAndADeviationOne) {
  const Normalization normalization = MakeNormalization({0.2f, 0.4f, 0.6f}, {0.2f, 0.2f, 0.4f});
  const std::vector<uint8_t> rgb = {51, 102, 153, 102, 153, 255};
  std::vector<float> out(6);
  Normalize(rgb.data(), 2, normalization, true, out.data());
  for (size_t i = 0; i < 3; ++i) EXPECT_NEAR(out[i], 0, 1e-6);
  for (size_t i = 3; i < 6; ++i) EXPECT_NEAR(out[i], 1, 1e-6);
}

}  // namespace
}  // namespace bottega

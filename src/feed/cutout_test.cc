#include <gtest/gtest.h>

#include <algorithm>

#include "feed/augmentation.h"
#include "feed/test_augmentation.h"

namespace bottega {
namespace {

TEST(CutoutTest, CoversASquareOfTheMeanColor) {
  const Picture before = Even(40, 40, {1, 2, 3});
  const auto cutout = Make("cutout", {{"fraction", 0.25}, {"probability", 1}});
  int largest = 0, cut_by_the_border = 0;
  for (int64_t row = 0; row < 200; ++row) {
    const Picture picture = Applied(*cutout, before, row);
    int left = 40, right = -1, top = 40, bottom = -1, covered = 0;
    for (int y = 0; y < 40; ++y) {
      for (int x = 0; x < 40; ++x) {
        if (At(picture, x, y) == At(before, x, y)) continue;
        ASSERT_EQ(At(picture, x, y), (std::array<uint8_t, 3>{124, 116, 104}));
        left = std::min(left, x);
        right = std::max(right, x);
        top = std::min(top, y);
        bottom = std::max(bottom, y);
        ++covered;
      }
    }
    EXPECT_EQ(covered, (right - left + 1) * (bottom - top + 1));
    EXPECT_LE(right - left + 1, 20);
    EXPECT_LE(bottom - top + 1, 20);
    EXPECT_GE(covered, 100);  // the middle is inside
    cut_by_the_border += covered < 400;
    largest = std::max(largest, covered);
  }
  EXPECT_EQ(largest, 400);
  EXPECT_GT(cut_by_the_border, 50);
}

TEST(CutoutTest, AsOftenAsAsked) {
  const Picture before = Even(8, 8, {1, 2, 3});
  EXPECT_NEAR(CountChanged(*Make("cutout", {{"probability", 0.2}}), before, 1000), 200, 45);
  EXPECT_EQ(CountChanged(*Make("cutout", {{"fraction", 0}, {"probability", 1}}), before, 10), 0);
}

}  // namespace
}  // namespace bottega

#include <gtest/gtest.h>

#include <algorithm>

#include "feed/augmentation.h"
#include "feed/test_augmentation.h"

namespace bottega {
namespace {

TEST(CutoutTest, CoversASquareOfTheMeanColor) {
  const Picture before = Even(40, 40, {1, 2, 3});
  int largest = 0, cut_by_the_border = 0;
  for (int64_t row = 0; row < 200; ++row) {
    Picture picture = before;
    Random random = RandomOf(row);
    Make("cutout", {{"fraction", 0.25}, {"probability", 1}})->Apply(&picture, random);
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
  int covered = 0;
  for (int64_t row = 0; row < 1000; ++row) {
    Picture picture = before;
    Random random = RandomOf(row);
    Make("cutout", {{"probability", 0.2}})->Apply(&picture, random);
    covered += picture.rgb != before.rgb;
  }
  EXPECT_NEAR(covered, 200, 45);
  Picture picture = before;
  Random random = RandomOf(0);
  Make("cutout", {{"fraction", 0}, {"probability", 1}})->Apply(&picture, random);
  EXPECT_EQ(picture.rgb, before.rgb);
}

}  // namespace
}  // namespace bottega

#include <gtest/gtest.h>

#include "feed/augmentation.h"
#include "feed/test_augmentation.h"

namespace bottega {
namespace {

TEST(FlipTest, MirrorsExactly) {
  for (const int width : {6, 7}) {
    const Picture before = Numbered(width, 5);
    Picture x = before, y = before, both = before;
    Random random = RandomOf(0);
    Make("flip", {{"horizontal", 1}, {"vertical", 0}})->Apply(&x, random);
    Make("flip", {{"horizontal", 0}, {"vertical", 1}})->Apply(&y, random);
    Make("flip", {{"horizontal", 1}, {"vertical", 1}})->Apply(&both, random);
    for (int i = 0; i < width; ++i) {
      for (int j = 0; j < 5; ++j) {
        EXPECT_EQ(At(x, i, j), At(before, width - 1 - i, j));
        EXPECT_EQ(At(y, i, j), At(before, i, 4 - j));
        EXPECT_EQ(At(both, i, j), At(before, width - 1 - i, 4 - j));
      }
    }
  }
}

TEST(FlipTest, AsOftenAsAsked) {
  const Picture before = Numbered(4, 4);
  int flipped = 0;
  for (int64_t row = 0; row < 2000; ++row) {
    Picture picture = before;
    Random random = RandomOf(row);
    Make("flip", {{"horizontal", 0.3}})->Apply(&picture, random);
    flipped += picture.rgb != before.rgb;
  }
  EXPECT_NEAR(flipped, 600, 80);
  Picture picture = before;
  Random random = RandomOf(1);
  Make("flip", {{"horizontal", 0}})->Apply(&picture, random);
  EXPECT_EQ(picture.rgb, before.rgb);
}

}  // namespace
}  // namespace bottega

#include <gtest/gtest.h>

#include "feed/augmentation.h"
#include "feed/test_augmentation.h"

namespace bottega {
namespace {

TEST(FlipTest, MirrorsExactly) {
  for (const int width : {6, 7}) {
    const Picture before = Numbered(width, 5);
    const Picture x = Applied(*Make("flip", {{"horizontal", 1}, {"vertical", 0}}), before);
    const Picture y = Applied(*Make("flip", {{"horizontal", 0}, {"vertical", 1}}), before);
    const Picture both = Applied(*Make("flip", {{"horizontal", 1}, {"vertical", 1}}), before);
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
  EXPECT_NEAR(CountChanged(*Make("flip", {{"horizontal", 0.3}}), before, 2000), 600, 80);
  EXPECT_EQ(CountChanged(*Make("flip", {{"horizontal", 0}}), before, 10), 0);
}

}  // namespace
}  // namespace bottega

#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "feed/augmentation.h"
#include "feed/test_augmentation.h"

namespace bottega {
namespace {

TEST(CropTest, BoxesLieInsideWithTheAskedAreasAndShapes) {
  const auto crop = Make("crop", {{"smallest", 0.2}, {"largest", 0.9}, {"ratio", 1.5}});
  EXPECT_TRUE(crop->ChoosesCrop());
  double least = 1, most = 0, widest = 0, narrowest = 9;
  for (int64_t row = 0; row < 1000; ++row) {
    Random random = RandomOf(row);
    const CropBox box = crop->Choose(300, 240, random);
    EXPECT_GE(box.left, 0);
    EXPECT_GE(box.top, 0);
    EXPECT_LE(box.left + box.width, 300);
    EXPECT_LE(box.top + box.height, 240);
    const double share = box.width * box.height / (300 * 240), ratio = box.width / box.height;
    least = std::min(least, share);
    most = std::max(most, share);
    widest = std::max(widest, ratio);
    narrowest = std::min(narrowest, ratio);
  }
  // Sides are whole pixels.
  EXPECT_NEAR(least, 0.2, 0.01);
  EXPECT_NEAR(most, 0.9, 0.01);
  EXPECT_NEAR(widest, 1.5, 0.02);
  EXPECT_NEAR(narrowest, 1 / 1.5, 0.02);
}

TEST(CropTest, LongAndTinyPicturesGiveTheirMiddle) {
  const auto crop = Make("crop", {{"smallest", 0.9}, {"largest", 1}, {"ratio", 4.0 / 3}});
  Random random = RandomOf(0);
  const CropBox box = crop->Choose(400, 30, random);
  EXPECT_EQ(box.width, 40);
  EXPECT_EQ(box.height, 30);
  EXPECT_EQ(box.left, 180);
  EXPECT_EQ(box.top, 0);
  const CropBox tiny = crop->Choose(1, 1, random);
  EXPECT_EQ(tiny.width, 1);
  EXPECT_EQ(tiny.height, 1);
  EXPECT_EQ(tiny.left, 0);
}

TEST(CropTest, LimitsThatCrossAreARecipesMistake) {
  try {
    Make("crop", {{"smallest", 0.9}, {"largest", 0.5}});
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kRecipe);
  }
}

}  // namespace
}  // namespace bottega

#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/pictures/test_pictures.h"

namespace bottega {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Picture Dark(int seed) {
  return Changed(Photo(seed), [](double v) { return v / 6; });
}

TEST(DarkPicturesTest, FindsUnderexposedOnes) {
  TestPictures pictures;
  AddPhotos(pictures, 10).File("a/night.png", EncodePng(Dark(100)));
  pictures.File("b/black.png", EncodePng(Changed(Photo(101), [](double) { return 3; })));
  const std::vector<Finding> found = FindingsOf("dark_pictures", pictures.Read());
  EXPECT_THAT(FilesOf(found), ElementsAre("a/night.png", "b/black.png"));
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_THAT(found[0].message, HasSubstr("95 % of it is darker than"));
}

TEST(DarkPicturesTest, ScoresFallWithDarkness) {
  TestPictures pictures;
  AddPhotos(pictures, 10).File("b/night.png", EncodePng(Dark(100)));
  const AuditResult result = RunOnly("dark_pictures", pictures.Read());
  ASSERT_EQ(result.scores.size(), 1u);
  ASSERT_EQ(result.scores[0].rows.size(), 21u);
  EXPECT_LT(result.scores[0].rows[20], 0.5F);
  EXPECT_GT(result.scores[0].rows[0], 0.8F);
}

TEST(DarkPicturesTest, LightStrokesOnBlackAreNoDarkness) {
  TestPictures pictures;
  AddPhotos(pictures, 5);
  Picture stroke{.width = 100, .height = 100, .rgb = std::vector<uint8_t>(30'000, 0)};
  for (size_t i = 0; i < 900; ++i) stroke.rgb[15'000 + i] = 250;
  pictures.File("a/stroke.png", EncodePng(stroke));
  EXPECT_TRUE(FindingsOf("dark_pictures", pictures.Read()).empty());
}

TEST(DarkPicturesTest, ASetOfNightPicturesIsSaidOnce) {
  TestPictures pictures;
  AddPhotos(pictures, 10);
  for (int i = 0; i < 10; ++i) {
    pictures.File("a/n" + std::to_string(i) + ".png", EncodePng(Dark(50 + i)));
  }
  const std::vector<Finding> found = FindingsOf("dark_pictures", pictures.Read());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_THAT(found[0].message, HasSubstr("10 of 30 pictures are dark"));
}

TEST(DarkPicturesTest, TablesAreNotLookedAt) {
  const Dataset table = TestDataset().Number("x", RandomNumbers(9, 1)).Make();
  EXPECT_EQ(SkipReason("dark_pictures", table), "the data hold no pictures");
}

}  // namespace
}  // namespace bottega

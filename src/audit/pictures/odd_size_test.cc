#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/pictures/test_pictures.h"

namespace bottega {
namespace {

using testing::HasSubstr;

TEST(OddSizeTest, ThumbnailsAndGiants) {
  TestPictures pictures;
  AddPhotos(pictures, 10)
      .File("a/thumb.png", EncodePng(Photo(100, 40, 30)))
      .File("b/giant.png", EncodePng(Photo(101, 800, 600)));
  const std::vector<Finding> found = FindingsOf("odd_size", pictures.Read());
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].place.file, "a/thumb.png");
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_THAT(found[0].message, HasSubstr("40 x 30: 25 times fewer pixels"));
  EXPECT_EQ(found[1].severity, Severity::kInfo);
}

TEST(OddSizeTest, SizesThatVaryAreUsual) {
  TestPictures pictures;
  for (int i = 0; i < 24; ++i) {
    pictures.File((i % 2 ? "a/" : "b/") + std::to_string(i) + ".png",
                  EncodePng(Photo(i, 60 + 20 * i, 80 + 10 * i)));
  }
  EXPECT_TRUE(FindingsOf("odd_size", pictures.Read()).empty());
}

TEST(OddSizeTest, AFewPicturesShowNothingUsual) {
  TestPictures pictures;
  EXPECT_EQ(SkipReason("odd_size", AddPhotos(pictures, 3).Read()),
            "fewer than 10 pictures do not show what is usual");
}

}  // namespace
}  // namespace bottega

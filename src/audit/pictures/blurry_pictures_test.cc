#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/pictures/test_pictures.h"

namespace bottega {
namespace {

using testing::ElementsAre;

TEST(BlurryPicturesTest, FindsWhatWasEnlargedFromFewPixels) {
  TestPictures pictures;
  AddPhotos(pictures, 12).File("b/soft.png", EncodePng(Softened(Photo(100), 8)));
  EXPECT_THAT(FilesOf(FindingsOf("blurry_pictures", pictures.Read())), ElementsAre("b/soft.png"));
}

TEST(BlurryPicturesTest, AFaintButSharpPictureIsNone) {
  TestPictures pictures;
  AddPhotos(pictures, 12).File("b/faint.png", EncodePng(Changed(Photo(100), [](double v) {
                                 return 110 + v / 8;
                               })));
  EXPECT_TRUE(FindingsOf("blurry_pictures", pictures.Read()).empty());
}

TEST(BlurryPicturesTest, WhereAllAreSoftNoneIsNamed) {
  TestPictures pictures;
  for (int i = 0; i < 20; ++i) {
    pictures.File(i % 2 ? "a/" + std::to_string(i) + ".png" : "b/" + std::to_string(i) + ".png",
                  EncodePng(Softened(Photo(i), 8)));
  }
  EXPECT_TRUE(FindingsOf("blurry_pictures", pictures.Read()).empty());
}

}  // namespace
}  // namespace bottega

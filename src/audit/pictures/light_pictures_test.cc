#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/pictures/test_pictures.h"

namespace bottega {
namespace {

using testing::ElementsAre;

TEST(LightPicturesTest, FindsOverexposedOnes) {
  TestPictures pictures;
  AddPhotos(pictures, 10).File("a/burnt.png", EncodePng(Changed(Photo(100), [](double v) {
                                 return 200 + v / 2;
                               })));
  const std::vector<Finding> found = FindingsOf("light_pictures", pictures.Read());
  EXPECT_THAT(FilesOf(found), ElementsAre("a/burnt.png"));
}

TEST(LightPicturesTest, ADarkObjectOnWhiteIsNone) {
  TestPictures pictures;
  AddPhotos(pictures, 5);
  Picture shoe{.width = 100, .height = 100, .rgb = std::vector<uint8_t>(30'000, 255)};
  for (size_t i = 0; i < 3000; ++i) shoe.rgb[15'000 + i] = 20;
  pictures.File("a/shoe.png", EncodePng(shoe));
  EXPECT_TRUE(FindingsOf("light_pictures", pictures.Read()).empty());
}

}  // namespace
}  // namespace bottega

#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/pictures/test_pictures.h"

namespace bottega {
namespace {

using testing::ElementsAre;

TEST(GrayscaleAmongColorTest, GrayOnesWhateverTheirChannels) {
  TestPictures pictures;
  AddPhotos(pictures, 10).File("a/gray.jpg", EncodeJpeg(WithoutColour(Photo(100)), 80));
  EXPECT_THAT(FilesOf(FindingsOf("grayscale_among_color", pictures.Read())),
              ElementsAre("a/gray.jpg"));
}

TEST(GrayscaleAmongColorTest, TheReverse) {
  TestPictures pictures;
  for (int i = 0; i < 20; ++i) {
    pictures.File((i % 2 ? "a/" : "b/") + std::to_string(i) + ".png",
                  EncodePng(WithoutColour(Photo(i))));
  }
  Picture stained = Changed(Photo(100), [](double v) { return v; });
  for (size_t i = 0; i < stained.rgb.size(); i += 3) stained.rgb[i] = 255;
  pictures.File("b/colour.png", EncodePng(stained));
  EXPECT_THAT(FilesOf(FindingsOf("grayscale_among_color", pictures.Read())),
              ElementsAre("b/colour.png"));
}

TEST(GrayscaleAmongColorTest, AnEvenMixIsHowTheSetIs) {
  TestPictures pictures;
  for (int i = 0; i < 20; ++i) {
    pictures.File((i % 2 ? "a/" : "b/") + std::to_string(i) + ".png",
                  EncodePng(i % 3 ? WithoutColour(Photo(i)) : Photo(i)));
  }
  EXPECT_TRUE(FindingsOf("grayscale_among_color", pictures.Read()).empty());
}

}  // namespace
}  // namespace bottega

#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/pictures/test_pictures.h"

namespace bottega {
namespace {

using testing::ElementsAre;

Picture Plain(int level) {
  return {
      .width = 60, .height = 60, .rgb = std::vector<uint8_t>(10'800, static_cast<uint8_t>(level))};
}

TEST(LowInformationTest, FindsPlainPictures) {
  TestPictures pictures;
  AddPhotos(pictures, 10)
      .File("a/gray.png", EncodePng(Plain(130)))
      .File("b/faint.png", EncodePng(Changed(Photo(100), [](double v) { return 100 + v / 80; })));
  EXPECT_THAT(FilesOf(FindingsOf("low_information", pictures.Read())),
              ElementsAre("a/gray.png", "b/faint.png"));
}

TEST(LowInformationTest, AnEmptyDrawingAmongDrawingsStandsOut) {
  TestPictures pictures;
  for (int i = 0; i < 20; ++i) {
    Picture drawing = Plain(0);
    Random random(7, Purpose::kGenerate, 9, i);
    for (int k = 0; k < 300; ++k) {
      const size_t at = static_cast<size_t>(3 * random.Below(3600));
      drawing.rgb[at] = drawing.rgb[at + 1] = drawing.rgb[at + 2] =
          static_cast<uint8_t>(random.Below(256));
    }
    pictures.File((i % 2 ? "a/" : "b/") + std::to_string(i) + ".png", EncodePng(drawing));
  }
  pictures.File("a/empty.png", EncodePng(Plain(0)));
  EXPECT_THAT(FilesOf(FindingsOf("low_information", pictures.Read())), ElementsAre("a/empty.png"));
}

}  // namespace
}  // namespace bottega

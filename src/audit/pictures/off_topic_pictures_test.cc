#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/pictures/test_pictures.h"

namespace bottega {
namespace {

using testing::ElementsAre;

// A bar chart.
Picture Chart() {
  Picture chart{.width = 200, .height = 150, .rgb = std::vector<uint8_t>(90'000, 255)};
  for (int bar = 0; bar < 6; ++bar) {
    for (int y = 20 + 17 * (bar * 5 % 6); y < 140; ++y) {
      for (int x = 15 + 30 * bar; x < 35 + 30 * bar; ++x) {
        chart.rgb[static_cast<size_t>((y * 200 + x) * 3 + bar % 3)] = 30;
      }
    }
  }
  return chart;
}

TEST(OffTopicPicturesTest, AChartAmongPhotographs) {
  TestPictures pictures;
  AddPhotos(pictures, 40).File("b/chart.png", EncodePng(Chart()));
  EXPECT_THAT(FilesOf(FindingsOf("off_topic_pictures", pictures.Read())),
              ElementsAre("b/chart.png"));
}

TEST(OffTopicPicturesTest, APhotographAmongDrawings) {
  TestPictures pictures;
  pictures.Fruit(30).File("apple/photo.png", EncodePng(Photo(1)));
  EXPECT_THAT(FilesOf(FindingsOf("off_topic_pictures", pictures.Read())),
              ElementsAre("apple/photo.png"));
}

TEST(OffTopicPicturesTest, NothingAmongEquals) {
  EXPECT_TRUE(FindingsOf("off_topic_pictures", TestPictures().Fruit(40).Read()).empty());
}

TEST(OffTopicPicturesTest, AFewPicturesShowNothingUsual) {
  EXPECT_EQ(SkipReason("off_topic_pictures", TestPictures().Fruit(5).Read()),
            "fewer than 50 pictures do not show what is usual");
}

}  // namespace
}  // namespace bottega

#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/pictures/test_pictures.h"

namespace bottega {
namespace {

using testing::IsSupersetOf;

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

TEST(OffTopicPicturesTest, AChartAndNoiseAmongDrawings) {
  Picture noise{.width = 120, .height = 90};
  Random random(3, Purpose::kGenerate);
  for (int i = 0; i < 120 * 90 * 3; ++i) noise.rgb.push_back(static_cast<uint8_t>(random.Bits()));
  TestPictures pictures;
  pictures.Fruit(60)
      .File("apple/chart.png", EncodePng(Chart()))
      .File("banana/noise.png", EncodePng(noise));
  EXPECT_THAT(FilesOf(FindingsOf("off_topic_pictures", pictures.Read())),
              IsSupersetOf({"apple/chart.png", "banana/noise.png"}));
}

TEST(OffTopicPicturesTest, NothingAmongEquals) {
  TestPictures pictures;
  EXPECT_TRUE(FindingsOf("off_topic_pictures", pictures.Fruit(40).Read()).empty());
}

TEST(OffTopicPicturesTest, AFewPicturesShowNothingUsual) {
  TestPictures pictures;
  EXPECT_EQ(SkipReason("off_topic_pictures", pictures.Fruit(5).Read()),
            "fewer than 50 pictures do not show what is usual");
}

}  // namespace
}  // namespace bottega

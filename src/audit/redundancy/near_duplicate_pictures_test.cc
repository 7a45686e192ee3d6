#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

TEST(NearDuplicatePicturesTest, SavedAnewBrightenedAndScaled) {
  TestPictures pictures;
  pictures.Fruit(6);
  Picture bright = TestPictures::Drawing(FruitKind::kBanana, 2);
  for (uint8_t& value : bright.rgb) value = static_cast<uint8_t>(std::min(255, value + value / 12));
  pictures.File("apple/saved.jpg", TestPictures::Jpeg(FruitKind::kApple, 1, 60));
  pictures.File("banana/bright.png", EncodePng(bright));
  pictures.File("banana/small.png",
                EncodePng(Resize(TestPictures::Drawing(FruitKind::kBanana, 4), 48, 48)));
  const std::vector<Finding> found = FindingsOf("near_duplicate_pictures", pictures.Read());
  ASSERT_EQ(found.size(), 3u);
  const std::vector<std::string> places = {"apple/saved.jpg", "banana/bright.png",
                                           "banana/small.png"};
  const std::vector<std::string> originals = {"apple/1.jpg", "banana/2.jpg", "banana/4.jpg"};
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(found[i].severity, Severity::kWarning);
    EXPECT_EQ(found[i].place.file, places[i]);
    EXPECT_THAT(found[i].message,
                HasSubstr(originals[i] + " and " + places[i] + " show the same picture"));
    EXPECT_THAT(found[i].fix, HasSubstr("keep the best one"));
    EXPECT_GE(found[i].detail["similarity"], 0.99);
    EXPECT_EQ(found[i].detail["rows"].size(), 2u);
  }
}

TEST(NearDuplicatePicturesTest, DifferentDrawingsAndEqualFilesAreNone) {
  TestPictures pictures;
  pictures.Fruit(12).File("apple/copy.jpg", TestPictures::Jpeg(FruitKind::kApple, 1));
  EXPECT_TRUE(FindingsOf("near_duplicate_pictures", pictures.Read()).empty());
  const Dataset table = TestDataset().Number("x", RandomNumbers(9, 1)).Make();
  EXPECT_EQ(SkipReason("near_duplicate_pictures", table), "the data hold no pictures");
}

}  // namespace
}  // namespace bottega

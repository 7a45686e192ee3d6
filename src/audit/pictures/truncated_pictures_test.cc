#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/pictures/test_pictures.h"

namespace bottega {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(TruncatedPicturesTest, FilesThatEndEarly) {
  const std::string jpeg = TestPictures::Jpeg(FruitKind::kApple, 9);
  const std::string png = EncodePng(TestPictures::Drawing(FruitKind::kApple, 10));
  std::string broken = png;
  for (size_t i = broken.find("IDAT") + 4; i < broken.size(); ++i) broken[i] = 'x';
  TestPictures pictures;
  pictures.Fruit(3)
      .File("banana/broken.png", broken)
      .File("banana/cut.jpg", jpeg.substr(0, jpeg.size() / 2))
      .File("banana/cut.png", png.substr(0, png.size() / 2));
  const std::vector<Finding> found = FindingsOf("truncated_pictures", pictures.Read());
  EXPECT_THAT(FilesOf(found), ElementsAre("banana/broken.png", "banana/cut.jpg", "banana/cut.png"));
  for (const Finding& finding : found) {
    EXPECT_EQ(finding.severity, Severity::kWarning);
    EXPECT_THAT(finding.message, HasSubstr("ends early"));
    EXPECT_THAT(finding.fix, HasSubstr("copy the file again"));
  }
}

TEST(TruncatedPicturesTest, OnesThatWereSavedAgain) {
  Picture gray_below = Photo(100);
  std::fill(gray_below.rgb.begin() + static_cast<ptrdiff_t>(gray_below.rgb.size() * 7 / 10),
            gray_below.rgb.end(), 128);
  TestPictures pictures;
  AddPhotos(pictures, 10).File("a/again.jpg", EncodeJpeg(gray_below, 85));
  const std::vector<Finding> found = FindingsOf("truncated_pictures", pictures.Read());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_THAT(found[0].message, HasSubstr("are plain mid-gray"));
}

TEST(TruncatedPicturesTest, WholePicturesAndTables) {
  TestPictures pictures;
  EXPECT_TRUE(FindingsOf("truncated_pictures", AddPhotos(pictures, 3).Read()).empty());
  const Dataset table = TestDataset().Number("x", RandomNumbers(9, 1)).Make();
  EXPECT_EQ(SkipReason("truncated_pictures", table), "the data hold no pictures");
}

}  // namespace
}  // namespace bottega

#include <gmock/gmock.h>

#include <map>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

TEST(UnreadableFileTest, EachKindOfBadFile) {
  const std::string png = EncodePng(TestPictures::Drawing(FruitKind::kApple, 10));
  TestPictures pictures;
  pictures.Fruit(3)
      .File("apple/text.jpg", "no picture")
      .File("apple/notes.txt", "bought on Monday")
      .File("apple/png.jpg", png)
      .File("banana/cut.png", png.substr(0, png.size() / 2));  // truncated_pictures tells that
  std::map<std::string, Finding> found;
  for (const Finding& finding : FindingsOf("unreadable_file", pictures.Read())) {
    EXPECT_TRUE(found.emplace(finding.place.file, finding).second) << finding.message;
  }
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found.at("apple/text.jpg").severity, Severity::kError);
  EXPECT_THAT(found.at("apple/text.jpg").fix, HasSubstr("restore the file"));
  EXPECT_EQ(found.at("apple/notes.txt").severity, Severity::kInfo);
  EXPECT_EQ(found.at("apple/png.jpg").severity, Severity::kInfo);
  EXPECT_THAT(found.at("apple/png.jpg").fix, HasSubstr("rename the file"));
}

TEST(UnreadableFileTest, AFileThatDecodingFindsBroken) {
  const std::string jpeg = TestPictures::Jpeg(FruitKind::kApple, 11);
  const std::string no_scan = jpeg.substr(0, jpeg.find("\xFF\xDA")) + "\xFF\xD9";
  TestPictures pictures;
  const std::vector<Finding> found =
      FindingsOf("unreadable_file", pictures.Fruit(3).File("apple/broken.jpg", no_scan).Read());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].place.file, "apple/broken.jpg");
  EXPECT_GE(found[0].severity, Severity::kWarning);
}

TEST(UnreadableFileTest, NothingInGoodFoldersAndTables) {
  EXPECT_TRUE(FindingsOf("unreadable_file", TestPictures().Fruit(3).Read()).empty());
  const Dataset table = TestDataset().Number("x", RandomNumbers(9, 1)).Make();
  EXPECT_EQ(SkipReason("unreadable_file", table), "the data hold no pictures");
}

}  // namespace
}  // namespace bottega

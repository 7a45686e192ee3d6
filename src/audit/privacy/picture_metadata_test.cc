#include "audit/test_audit.h"

namespace bottega {
namespace {

// A JPEG with "Artist: Jane Doe" put before its other segments.
std::string Tagged(const std::string& jpeg) {
  const std::string zero(1, '\0');
  const std::string tiff = "MM" + zero + "\x2A" + std::string(3, '\0') + "\x08" + zero + "\x01" +
                           "\x01\x3B" + zero + "\x02" + std::string(3, '\0') + "\x09" +
                           std::string(3, '\0') + "\x1A" + std::string(4, '\0') + "Jane Doe" + zero;
  const std::string content = "Exif" + std::string(2, '\0') + tiff;
  return jpeg.substr(0, 2) + "\xFF\xE1" + zero + static_cast<char>(content.size() + 2) + content +
         jpeg.substr(2);
}

TEST(PictureMetadataCheck, NamesFilesThatTellTheirOwner) {
  TestPictures pictures;
  pictures.Fruit(3).File("apple/tagged.jpg", Tagged(TestPictures::Jpeg(FruitKind::kApple, 9)));
  const std::vector<Finding> findings = FindingsOf("picture_metadata", pictures.Read());
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].place.file, "apple/tagged.jpg");
  EXPECT_EQ(findings[0].severity, Severity::kWarning);
  EXPECT_EQ(findings[0].message, "the file tells Artist 'J*** D***'");
  EXPECT_EQ(findings[0].detail["tags"], Json::array({"Artist"}));
}

TEST(PictureMetadataCheck, SkipsTables) {
  EXPECT_EQ(SkipReason("picture_metadata", TestDataset().Number("x", {1, 2}).Make()),
            "there are no pictures");
}

}  // namespace
}  // namespace bottega

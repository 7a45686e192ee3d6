#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/pictures/test_pictures.h"
#include "base/text.h"

namespace bottega {
namespace {

using testing::HasSubstr;

std::string Voc(int width, int height, const std::string& name, const std::string& box) {
  std::string sides;
  const char* tags[] = {"xmin", "ymin", "xmax", "ymax"};
  const std::vector<std::string> numbers = Split(box, ' ');
  for (size_t i = 0; i < numbers.size(); ++i) {
    sides += std::string("<") + tags[i] + ">" + numbers[i] + "</" + tags[i] + ">";
  }
  return "<annotation><size><width>" + std::to_string(width) + "</width><height>" +
         std::to_string(height) + "</height></size><object><name>" + name + "</name><bndbox>" +
         sides + "</bndbox></object></annotation>";
}

// 2 x 6 photographs of 200 x 150, each with a sound annotation.
TestPictures& AddAnnotated(TestPictures& pictures) {
  AddPhotos(pictures, 6);
  for (const char* name : {"a", "b"}) {
    for (int i = 0; i < 6; ++i) {
      pictures.File(std::string(name) + "/" + std::to_string(i) + ".xml",
                    Voc(200, 150, name, "10 10 90 80"));
    }
  }
  return pictures;
}

TEST(AnnotationFilesTest, SoundOnesAreLeftAlone) {
  TestPictures pictures;
  EXPECT_TRUE(FindingsOf("annotation_files", AddAnnotated(pictures).Read()).empty());
}

TEST(AnnotationFilesTest, SizesBoxesAndNames) {
  TestPictures pictures;
  AddAnnotated(pictures)
      .File("a/0.xml", Voc(0, 0, "a", "10 10 90 80"))
      .File("a/1.xml", Voc(200, 150, "a", "90 10 10 80"))
      .File("a/2.xml", Voc(200, 150, "a", "10 10 260 80"))
      .File("b/3.xml", Voc(200, 150, "a", "10 10 90 80"))
      .File("b/4.xml", "not xml")
      .File("b/5.xml", Voc(200, 150, "", "10 10 201 80"));
  const std::vector<Finding> found = FindingsOf("annotation_files", pictures.Read());
  ASSERT_EQ(found.size(), 6u);
  EXPECT_THAT(found[0].message, HasSubstr("0.xml gives its size as 0 x 0, it is 200 x 150"));
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_THAT(found[1].message, HasSubstr("a box of 'a' is empty or turned round"));
  EXPECT_THAT(found[2].message, HasSubstr("a box of 'a' stands out of the picture"));
  EXPECT_THAT(found[3].message, HasSubstr("no box of 'b', the class of its folder, but of 'a'"));
  EXPECT_THAT(found[4].message, HasSubstr("cannot be read"));
  EXPECT_THAT(found[5].message, HasSubstr("a box has no name"));
}

TEST(AnnotationFilesTest, AMissingFileIsTold) {
  TestPictures pictures;
  AddAnnotated(pictures).File("a/more.png", EncodePng(Photo(99)));
  const std::vector<Finding> found = FindingsOf("annotation_files", pictures.Read());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_EQ(found[0].message, "there is no more.xml beside the picture");
}

TEST(AnnotationFilesTest, WithoutAny) {
  TestPictures pictures;
  EXPECT_EQ(SkipReason("annotation_files", AddPhotos(pictures, 6).Read()),
            "no picture has an annotation file beside it");
}

}  // namespace
}  // namespace bottega

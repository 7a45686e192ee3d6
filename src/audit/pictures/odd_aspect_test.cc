#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/pictures/test_pictures.h"

namespace bottega {
namespace {

using testing::HasSubstr;

TEST(OddAspectTest, PanoramasAndStrips) {
  TestPictures pictures;
  AddPhotos(pictures, 10)
      .File("a/panorama.png", EncodePng(Photo(100, 400, 60)))
      .File("b/strip.png", EncodePng(Photo(101, 40, 200)));
  const std::vector<Finding> found = FindingsOf("odd_aspect", pictures.Read());
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_THAT(found[0].message, HasSubstr("6.7 times as wide as tall"));
  EXPECT_THAT(found[1].message, HasSubstr("5 times as tall as wide"));
}

TEST(OddAspectTest, UprightAndWideOnesMix) {
  TestPictures pictures;
  for (int i = 0; i < 20; ++i) {
    pictures.File((i % 2 ? "a/" : "b/") + std::to_string(i) + ".png",
                  EncodePng(i % 3 ? Photo(i, 80, 60) : Photo(i, 60, 80)));
  }
  EXPECT_TRUE(FindingsOf("odd_aspect", pictures.Read()).empty());
}

}  // namespace
}  // namespace bottega

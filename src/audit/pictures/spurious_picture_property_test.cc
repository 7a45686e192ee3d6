#include <gmock/gmock.h>

#include <map>

#include "audit/check_list.h"
#include "audit/pictures/test_pictures.h"

namespace bottega {
namespace {

using testing::HasSubstr;

using Make = std::function<std::string(int)>;

// What is found, by property, in 40 pictures of each class, those of "b" made by `make`.
std::map<std::string, Finding> ByProperty(const Make& make, const std::string& ending = "png") {
  TestPictures pictures;
  for (int i = 0; i < 40; ++i) {
    pictures.File("a/" + std::to_string(i) + ".png", EncodePng(Photo(2 * i)));
    pictures.File("b/" + std::to_string(i) + "." + ending, make(2 * i + 1));
  }
  std::map<std::string, Finding> found;
  for (const Finding& finding : FindingsOf("spurious_picture_property", pictures.Read())) {
    found.emplace(finding.detail["property"].get<std::string>(), finding);
  }
  return found;
}

TEST(SpuriousPicturePropertyTest, NothingWhereClassesWereTakenAlike) {
  EXPECT_TRUE(ByProperty([](int seed) { return EncodePng(Photo(seed)); }).empty());
}

TEST(SpuriousPicturePropertyTest, SizeOfTheFile) {
  const auto found = ByProperty([](int seed) { return EncodePng(Photo(seed, 240, 180)); });
  // Pixels, width and height are one thing; a small picture is also less sharp once enlarged.
  ASSERT_TRUE(found.contains("pixels"));
  for (const auto& [name, ignored] : found) EXPECT_TRUE(name == "pixels" || name == "blur") << name;
  const Finding& finding = found.at("pixels");
  EXPECT_EQ(finding.severity, Severity::kWarning);
  EXPECT_THAT(finding.message, HasSubstr("alone it tells the class of 100 % of the pictures"));
}

TEST(SpuriousPicturePropertyTest, FormatAndCompression) {
  const auto found = ByProperty([](int seed) { return EncodeJpeg(Photo(seed), 60); }, "jpg");
  EXPECT_TRUE(found.contains("format"));
  EXPECT_TRUE(found.contains("bytes_per_pixel"));
}

TEST(SpuriousPicturePropertyTest, AFrame) {
  const auto found = ByProperty([](int seed) {
    Picture framed = Photo(seed);
    for (int y = 0; y < framed.height; ++y) {
      for (int x = 0; x < framed.width; ++x) {
        if (x >= 12 && y >= 12 && x < framed.width - 12 && y < framed.height - 12) continue;
        for (int c = 0; c < 3; ++c)
          framed.rgb[static_cast<size_t>((y * framed.width + x) * 3 + c)] = 250;
      }
    }
    return EncodePng(framed);
  });
  const bool border = found.contains("border_brightness") || found.contains("border_contrast");
  EXPECT_TRUE(border);
}

TEST(SpuriousPicturePropertyTest, LightIsSaidToBeUndecidedUnlessTheBorderHasItToo) {
  const auto found = ByProperty(
      [](int seed) { return EncodePng(Changed(Photo(seed), [](double v) { return v / 2; })); });
  const Finding* light = nullptr;
  for (const char* name : {"brightness", "contrast"}) {
    if (found.contains(name)) light = &found.at(name);
  }
  ASSERT_NE(light, nullptr);
  EXPECT_EQ(light->severity, Severity::kWarning);
  EXPECT_THAT(light->message, HasSubstr("the border shows it too"));
}

TEST(SpuriousPicturePropertyTest, AFewPicturesTellNothing) {
  TestPictures pictures;
  EXPECT_EQ(SkipReason("spurious_picture_property", pictures.Fruit(8).Read()),
            "there are not two classes with 10 pictures each, and 50 in all");
}

}  // namespace
}  // namespace bottega

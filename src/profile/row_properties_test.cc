#include "profile/row_properties.h"

#include <arrow/table.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "base/files.h"
#include "data/arrow_support.h"
#include "data/image/picture.h"
#include "data/io/folder.h"

namespace bottega {
namespace {

using testing::Contains;
using testing::Not;

std::string Plain(int width, int height, uint8_t level) {
  return EncodePng({.width = width,
                    .height = height,
                    .rgb = std::vector<uint8_t>(static_cast<size_t>(width * height * 3), level)});
}

Dataset Folder(const TemporaryFolder& folder) {
  WriteFileAtomic(folder.path() / "dark" / "a.png", Plain(40, 20, 10));
  WriteFileAtomic(folder.path() / "dark" / "b.png", Plain(30, 30, 20));
  WriteFileAtomic(folder.path() / "light" / "c.png", Plain(20, 40, 240));
  return ReadPictureFolder(folder.path(), Json::object());
}

Dataset Texts(const std::vector<std::string>& columns) {
  std::vector<std::pair<std::string, std::shared_ptr<arrow::Array>>> arrays;
  Dataset data;
  for (const std::string& name : columns) {
    arrays.emplace_back(
        name, TextArray(std::vector<std::optional<std::string>>{"two words", std::nullopt, "ÉTÉ"}));
    data.columns.push_back({.name = name, .type = FeatureType::kText});
  }
  data.table = MakeTable(arrays);
  data.rows = {0, 1, 2};
  return data;
}

TEST(RowPropertiesTest, NamesAreUniqueAndDescribed) {
  std::set<std::string> names;
  for (const RowProperty& property : RowProperties()) {
    EXPECT_TRUE(names.insert(property.name).second) << property.name;
    EXPECT_FALSE(property.one_line.empty());
  }
}

TEST(RowPropertiesTest, NumbersAndNamesOfPictures) {
  const TemporaryFolder folder;
  const Dataset data = Folder(folder);
  const auto numbers = [&](const char* name) {
    return NumbersOfProperty(data, FindProperty(data, name).value());
  };
  EXPECT_THAT(numbers("brightness"),
              testing::Pointwise(testing::DoubleNear(1e-3), std::vector<double>{10, 20, 240}));
  EXPECT_EQ(numbers("aspect"), (std::vector<double>{2, 1, 0.5}));
  EXPECT_EQ(numbers("grayscale"), (std::vector<double>{1, 1, 1}));
  const auto format = FindProperty(data, "format").value();
  EXPECT_TRUE(format.property->is_text);
  EXPECT_EQ(TextsOfProperty(data, format)[0], "png");
  EXPECT_EQ(TextsOfProperty(data, FindProperty(data, "height").value())[2], "40");
  EXPECT_TRUE(FindProperty(data, "picture.brightness").has_value());
  EXPECT_FALSE(FindProperty(data, "words").has_value());
  EXPECT_THAT(PropertyNames(data), Contains("sharpness"));
}

TEST(RowPropertiesTest, AMissingTextHasNoProperties) {
  const Dataset data = Texts({"review"});
  const std::vector<double> words = NumbersOfProperty(data, FindProperty(data, "words").value());
  EXPECT_EQ(words[0], 2);
  EXPECT_TRUE(std::isnan(words[1]));
  EXPECT_EQ(words[2], 1);
  EXPECT_EQ(NumbersOfProperty(data, FindProperty(data, "uppercase").value())[2], 1);
}

TEST(RowPropertiesTest, SeveralTextsAreToldApartByTheirColumn) {
  const Dataset data = Texts({"title", "body"});
  EXPECT_FALSE(FindProperty(data, "length").has_value());
  ASSERT_TRUE(FindProperty(data, "body.length").has_value());
  EXPECT_EQ(FindProperty(data, "body.length")->column, 1);
  EXPECT_THAT(PropertyNames(data), Contains("title.length"));
  EXPECT_THAT(PropertyNames(data), Not(Contains("length")));
}

}  // namespace
}  // namespace bottega

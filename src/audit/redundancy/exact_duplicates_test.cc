#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

constexpr int64_t kRows = 100;

// Rows 40 and 70 repeat row 3 when `copied`; only number and label differ.
Dataset People(bool copied) {
  std::vector<double> income = RandomNumbers(kRows, 1), age = RandomNumbers(kRows, 2), id(kRows);
  std::iota(id.begin(), id.end(), 0);
  TextCells city = RandomTexts(kRows, 3, {"Rome", "Bari", "Como"});
  for (const size_t copy : {40, 70}) {
    if (!copied) continue;
    income[copy] = income[3];
    age[copy] = age[3];
    city[copy] = city[3];
  }
  return TestDataset()
      .Number("id", id, Role::kIgnored)
      .Number("income", income)
      .Number("age", age)
      .Text("city", city)
      .Text("y", YesNo(kRows, 50), FeatureType::kBinary, Role::kTarget)
      .Make();
}

TEST(ExactDuplicatesTest, OneFindingForAGroupOfEqualRows) {
  const std::vector<Finding> found = FindingsOf("exact_duplicates", People(true));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].place.row, 40);
  EXPECT_EQ(found[0].detail["rows"], (std::vector<int64_t>{3, 40, 70}));
  EXPECT_EQ(found[0].message, "row 3, row 40 and row 70 are the same in every feature");
  EXPECT_EQ(found[0].fix, "keep the first and set the 2 copies aside (`bottega clean` does)");
}

TEST(ExactDuplicatesTest, NothingWhereRowsDiffer) {
  EXPECT_TRUE(FindingsOf("exact_duplicates", People(false)).empty());
}

TEST(ExactDuplicatesTest, RowsOfFewValuesAreEqualByChance) {
  const Dataset data = TestDataset()
                           .Text("a", RandomTexts(kRows, 1, {"yes", "no"}))
                           .Text("b", RandomTexts(kRows, 2, {"yes", "no"}))
                           .Make();
  const std::vector<Finding> found = FindingsOf("exact_duplicates", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_EQ(found[0].detail["count"], 96);
}

TEST(ExactDuplicatesTest, PicturesByTheirBytes) {
  TestPictures pictures;
  pictures.Fruit(3);
  EXPECT_TRUE(FindingsOf("exact_duplicates", pictures.Read()).empty());
  pictures.File("apple/copy.jpg", TestPictures::Jpeg(FruitKind::kApple, 1));
  const std::vector<Finding> found = FindingsOf("exact_duplicates", pictures.Read());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].place.file, "apple/copy.jpg");
  EXPECT_THAT(found[0].message, HasSubstr("apple/1.jpg and apple/copy.jpg are the same, byte for"));
}

}  // namespace
}  // namespace bottega

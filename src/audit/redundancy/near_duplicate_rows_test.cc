#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

constexpr int64_t kRows = 300;

// The last `copies` rows repeat the first ones with an income that is one higher.
Dataset People(size_t copies) {
  std::vector<double> income = RandomNumbers(kRows, 1), age = RandomNumbers(kRows, 2, 80);
  std::vector<double> height = RandomNumbers(kRows, 3, 5000), debt = RandomNumbers(kRows, 4, 9999);
  TextCells city = RandomTexts(kRows, 5, {"Rome", "Bari", "Como", "Turin"});
  for (size_t from = 0; from < copies; ++from) {
    const size_t to = kRows - 1 - from;
    income[to] = income[from] + 1;
    age[to] = age[from];
    height[to] = height[from];
    debt[to] = debt[from];
    city[to] = city[from];
  }
  return TestDataset()
      .Number("income", income)
      .Number("age", age)
      .Number("height", height)
      .Number("debt", debt)
      .Text("city", city)
      .Text("y", YesNo(kRows, 100), FeatureType::kBinary, Role::kTarget)
      .Make();
}

TEST(NearDuplicateRowsTest, NamesTheRowsAndWhatDiffers) {
  const Dataset data = People(1);
  const std::vector<Finding> found = FindingsOf("near_duplicate_rows", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].place.row, 299);
  EXPECT_EQ(found[0].detail["rows"], (std::vector<int64_t>{0, 299}));
  const double income = NumbersOf(data, 0)[0];
  const auto text = [](double x) { return std::to_string(static_cast<int64_t>(x)); };
  EXPECT_EQ(found[0].message, "row 0 and row 299 differ only in income (" + text(income) + ", " +
                                  text(income + 1) + ")");
  EXPECT_THAT(found[0].fix, HasSubstr("keep the correct one"));
  EXPECT_GT(found[0].confidence, 0.6);
}

TEST(NearDuplicateRowsTest, ManyAreTheNatureOfTheData) {
  const std::vector<Finding> found = FindingsOf("near_duplicate_rows", People(60));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_EQ(found[0].detail["groups"], 60);
  EXPECT_THAT(found[0].fix, HasSubstr("data.roles: {COLUMN: group}"));
  EXPECT_EQ(FindingsOf("near_duplicate_rows", People(60), "{share: 0.5}").size(), 60u);
}

TEST(NearDuplicateRowsTest, NothingWhereRowsDiffer) {
  EXPECT_TRUE(FindingsOf("near_duplicate_rows", People(0)).empty());
  const Dataset one = TestDataset().Number("x", RandomNumbers(9, 1)).Make();
  EXPECT_EQ(SkipReason("near_duplicate_rows", one), "there are fewer than two columns to compare");
  EXPECT_EQ(SkipReason("near_duplicate_rows", TestPictures().Fruit(2).Read()),
            "the data are pictures (see near_duplicate_pictures)");
}

}  // namespace
}  // namespace bottega

#include "data/dataset.h"

#include <arrow/array.h>
#include <arrow/table.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "data/arrow_support.h"
#include "data/values.h"

namespace bottega {
namespace {

Dataset Small() {
  Dataset data;
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::shared_ptr<arrow::Array> n = NumberArray({10, nan, 9, 10});
  const std::shared_ptr<arrow::Array> c =
      TextArray(std::vector<std::optional<std::string>>{"b", "a", std::nullopt, "b"});
  const std::shared_ptr<arrow::Array> d =
      DateArray({0, 86'400'000'000, std::nullopt, 86'400'000'000 + 45'000'000'000});
  data.table = MakeTable({{"n", n}, {"c", c}, {"d", d}});
  data.columns = {{.name = "n", .type = FeatureType::kNumber},
                  {.name = "c", .type = FeatureType::kCategory, .role = Role::kTarget},
                  {.name = "d", .type = FeatureType::kDate}};
  data.rows = {0, 1, 5, 6};
  return data;
}

TEST(DatasetTest, FindsColumnsByNameAndRole) {
  const Dataset data = Small();
  EXPECT_EQ(data.Find("d"), 2);
  EXPECT_EQ(data.Find("x"), -1);
  EXPECT_EQ(data.RoleIndex(Role::kTarget), 1);
  EXPECT_EQ(data.TargetColumn()->name, "c");
  EXPECT_FALSE(data.HasPictures());
}

TEST(DatasetTest, NumbersTextsAndCodes) {
  const Dataset data = Small();
  const std::vector<double> numbers = NumbersOf(data, 0);
  EXPECT_EQ(numbers[0], 10);
  EXPECT_TRUE(std::isnan(numbers[1]));
  EXPECT_DOUBLE_EQ(NumbersOf(data, 2)[3], 1 + 45'000.0 / 86'400);
  EXPECT_EQ(*TextsOf(data, 0)[2], "9");
  EXPECT_EQ(*TextsOf(data, 2)[1], "1970-01-02");
  EXPECT_EQ(*TextsOf(data, 2)[3], "1970-01-02T12:30:00");
  EXPECT_FALSE(TextsOf(data, 1)[2].has_value());
  const Codes text = CodesOf(data, 1);
  EXPECT_EQ(text.values, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(text.code, (std::vector<int32_t>{1, 0, -1, 1}));
  const Codes number = CodesOf(data, 0);
  EXPECT_EQ(number.values, (std::vector<std::string>{"9", "10"}));
  EXPECT_EQ(number.code, (std::vector<int32_t>{1, -1, 0, 1}));
}

TEST(DatasetTest, TakesRowsInTheOrderGiven) {
  const Dataset taken = TakeRows(Small(), {3, 0});
  EXPECT_EQ(taken.rows, (std::vector<int64_t>{6, 0}));
  EXPECT_EQ(taken.size(), 2);
  EXPECT_EQ(*TextsOf(taken, 2)[1], "1970-01-01");
  EXPECT_EQ(taken.table->column(0)->num_chunks(), 1);
  EXPECT_EQ(TakeRows(Small(), {}).size(), 0);
}

TEST(DatasetTest, ReplacesAColumn) {
  const Dataset changed =
      WithColumn(Small(), 0, TextArray(std::vector<std::string>{"p", "q", "r", "s"}));
  EXPECT_EQ(*TextsOf(changed, 0)[3], "s");
  EXPECT_EQ(changed.table->field(0)->name(), "n");
}

TEST(DatasetTest, NamesOfTypesAndRolesRoundTripAndNearMissesAreNamed) {
  EXPECT_EQ(ParseFeatureType(FeatureTypeName(FeatureType::kPicture)), FeatureType::kPicture);
  EXPECT_EQ(ParseRole(RoleName(Role::kPart)), Role::kPart);
  try {
    ParseFeatureType("numbr");
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::kRecipe);
    EXPECT_NE(e.hint().find("'number'"), std::string::npos);
  }
}

TEST(ValuesTest, NumbersAreTheShortestThatReadBack) {
  EXPECT_EQ(NumberText(39), "39");
  EXPECT_EQ(NumberText(100000), "100000");
  EXPECT_EQ(NumberText(0.1), "0.1");
  EXPECT_EQ(NumberText(-0.0), "-0");
  EXPECT_EQ(NumberText(1e300), "1e+300");
  EXPECT_EQ(NumberText(1.0 / 3), "0.3333333333333333");
}

}  // namespace
}  // namespace bottega

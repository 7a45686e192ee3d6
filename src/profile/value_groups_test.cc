#include "profile/value_groups.h"

#include <arrow/array.h>
#include <arrow/table.h>
#include <arrow/type.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/arrow_support.h"

namespace bottega {
namespace {

using testing::ElementsAre;

ValueGroups GroupsOf(FeatureType type, const std::shared_ptr<arrow::Array>& array) {
  Dataset data{.columns = {{.name = "x", .type = type}},
               .rows = std::vector<int64_t>(static_cast<size_t>(array->length()))};
  data.table = arrow::Table::Make(arrow::schema({arrow::field("x", array->type())}), {array});
  return ValueGroupsOf(data, 0);
}

TEST(ValueGroups, ManyNumbersBecomeFourRanges) {
  std::vector<double> ages;
  for (int age = 20; age < 60; ++age) ages.push_back(age);
  ages.push_back(std::nan(""));
  const ValueGroups groups = GroupsOf(FeatureType::kNumber, NumberArray(ages));
  EXPECT_THAT(groups.names, ElementsAre("20 to 29", "30 to 39", "40 to 49", "50 to 59"));
  EXPECT_THAT(groups.count, ElementsAre(10, 10, 10, 10));
  EXPECT_EQ(groups.code[0], 0);
  EXPECT_EQ(groups.code[39], 3);
  EXPECT_EQ(groups.code[40], -1);
}

TEST(ValueGroups, FewNumbersStayAsTheyAre) {
  const ValueGroups groups = GroupsOf(FeatureType::kNumber, NumberArray({3, 1, 3}));
  EXPECT_THAT(groups.names, ElementsAre("1", "3"));
  EXPECT_THAT(groups.count, ElementsAre(1, 2));
  EXPECT_THAT(groups.code, ElementsAre(1, 0, 1));
}

TEST(ValueGroups, DatesAreNamedAsDates) {
  std::vector<std::optional<int64_t>> days;
  for (int64_t day = 0; day < 40; ++day) days.push_back(day * 86'400'000'000);
  const ValueGroups groups = GroupsOf(FeatureType::kDate, DateArray(days));
  EXPECT_EQ(groups.names[0], "1970-01-01 to 1970-01-10");
}

TEST(ValueGroups, MostlyOneNumberGivesFewerRanges) {
  std::vector<double> values(30, 0);
  for (int i = 1; i <= 12; ++i) values.push_back(i);
  const ValueGroups groups = GroupsOf(FeatureType::kNumber, NumberArray(values));
  EXPECT_THAT(groups.names, ElementsAre("0", "1", "2 to 12"));
}

}  // namespace
}  // namespace bottega

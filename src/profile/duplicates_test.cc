#include "profile/duplicates.h"

#include <arrow/array.h>
#include <arrow/table.h>
#include <gtest/gtest.h>

#include <string>

#include "base/random.h"
#include "data/arrow_support.h"

namespace bottega {
namespace {

// 400 people with random cells; then row 398 becomes a copy of 3 and 399 of 7 with two small slips.
Dataset People() {
  constexpr int kRows = 400;
  std::vector<double> income(kRows), height(kRows);
  std::vector<std::string> city(kRows), name(kRows), label(kRows);
  for (int i = 0; i < kRows; ++i) {
    Random random(1, Purpose::kGenerate, 0, i);
    income[static_cast<size_t>(i)] = static_cast<double>(random.Below(100'000));
    height[static_cast<size_t>(i)] = static_cast<double>(1500 + random.Below(500));
    city[static_cast<size_t>(i)] =
        "city" + std::string(1, static_cast<char>('a' + random.Below(9)));
    for (int k = 0; k < 9; ++k)
      name[static_cast<size_t>(i)] += static_cast<char>('a' + random.Below(26));
    label[static_cast<size_t>(i)] = i % 2 ? "yes" : "no";
  }
  for (const auto& [to, from] : {std::pair(398, 3), std::pair(399, 7)}) {
    const size_t t = static_cast<size_t>(to), f = static_cast<size_t>(from);
    income[t] = income[f];
    height[t] = height[f];
    city[t] = city[f];
    name[t] = name[f];
  }
  name[399][4] = '#';
  Dataset data;
  const std::vector<std::shared_ptr<arrow::Array>> arrays = {
      NumberArray(income), NumberArray(height), TextArray(city), TextArray(name), TextArray(label)};
  arrow::FieldVector fields;
  const char* names[] = {"income", "height", "city", "name", "label"};
  for (size_t i = 0; i < 5; ++i) fields.push_back(arrow::field(names[i], arrays[i]->type()));
  data.table = arrow::Table::Make(arrow::schema(fields), arrays);
  data.columns = {{.name = "income", .type = FeatureType::kNumber},
                  {.name = "height", .type = FeatureType::kNumber},
                  {.name = "city", .type = FeatureType::kCategory},
                  {.name = "name", .type = FeatureType::kText},
                  {.name = "label", .type = FeatureType::kBinary, .role = Role::kTarget}};
  for (int i = 0; i < kRows; ++i) data.rows.push_back(i);
  return data;
}

TEST(DuplicatesTest, FindsEqualAndNearRowsAndNothingElse) {
  const Duplicates found = FindDuplicates(People());
  ASSERT_EQ(found.pairs.size(), 2u);
  EXPECT_EQ(found.pairs[0].first, 3);
  EXPECT_EQ(found.pairs[0].second, 398);
  EXPECT_TRUE(found.pairs[0].exact);
  EXPECT_EQ(found.pairs[1].first, 7);
  EXPECT_EQ(found.pairs[1].second, 399);
  EXPECT_FALSE(found.pairs[1].exact);
  EXPECT_EQ(found.group[399], 7);
  EXPECT_EQ(found.group[5], 5);
}

TEST(DuplicatesTest, GroupsFollowChains) {
  const std::vector<int64_t> group = GroupsOf(6, {{4, 5}, {1, 4}, {2, 3}});
  EXPECT_EQ(group, (std::vector<int64_t>{0, 1, 2, 2, 1, 1}));
}

}  // namespace
}  // namespace bottega

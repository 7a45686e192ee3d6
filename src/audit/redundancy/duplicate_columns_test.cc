#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

constexpr int64_t kRows = 200;

TEST(DuplicateColumnsTest, CopiesAndRecodings) {
  const TextCells city = RandomTexts(kRows, 1, {"Rome", "Bari", "Lecce"});
  TextCells upper = city;
  for (auto& cell : upper) cell = *cell == "Rome" ? "ROME" : *cell;
  std::vector<double> code;
  for (const auto& cell : city) code.push_back(*cell == "Rome" ? 4 : *cell == "Bari" ? 9 : 1);
  const Dataset data = TestDataset()
                           .Text("city", city)
                           .Text("again", city)
                           .Text("upper", upper)
                           .Number("code", code)
                           .Number("free", RandomNumbers(kRows, 2, 3))
                           .Text("y", YesNo(kRows, 90), FeatureType::kBinary, Role::kTarget)
                           .Make();
  const std::vector<Finding> found = FindingsOf("duplicate_columns", data);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].message, "'again' holds the same values as 'city'");
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_THAT(found[0].fix, HasSubstr("data.roles: {again: ignored}"));
  EXPECT_EQ(found[1].message, "'upper' holds the values of 'city' in another spelling");
  EXPECT_EQ(found[2].place.column, "code");
  EXPECT_EQ(found[2].severity, Severity::kInfo);
  EXPECT_THAT(found[2].message, HasSubstr("'code' is 'city' recoded: "));
  EXPECT_THAT(found[2].message, HasSubstr("'Rome' is '4'"));
}

TEST(DuplicateColumnsTest, SensitiveValuesAreNotShown) {
  const TextCells sex = RandomTexts(kRows, 1, {"woman", "man"});
  std::vector<double> code;
  for (const auto& cell : sex) code.push_back(*cell == "man" ? 1 : 2);
  Dataset data = TestDataset().Text("sex", sex).Number("code", code).Make();
  MakeSensitive(&data, "sex");
  const std::vector<Finding> found = FindingsOf("duplicate_columns", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].message, "'code' is 'sex' recoded");
}

TEST(DuplicateColumnsTest, RowsThatDifferAreCounted) {
  std::vector<double> x = RandomNumbers(1000, 1, 50), y = x;
  y[5] = y[700] = 77;
  const Dataset data = TestDataset().Number("x", x).Number("y", y).Make();
  const std::vector<Finding> found = FindingsOf("duplicate_columns", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].message, HasSubstr("(2 rows differ)"));
  EXPECT_TRUE(FindingsOf("duplicate_columns", data, "{errors: 0.001}").empty());
}

TEST(DuplicateColumnsTest, OneColumnIsNoPair) {
  const Dataset data = TestDataset().Number("x", RandomNumbers(kRows, 1)).Make();
  EXPECT_EQ(SkipReason("duplicate_columns", data), "there are fewer than two columns to compare");
}

}  // namespace
}  // namespace bottega

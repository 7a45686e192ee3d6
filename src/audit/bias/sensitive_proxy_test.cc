#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

constexpr int64_t kRows = 600;

// `strength`: share of rows whose district follows from the nationality.
Dataset People(double strength) {
  const TextCells nation = RandomTexts(kRows, 1, {"home", "foreign"});
  TextCells district = RandomTexts(kRows, 2, {"north", "south"});
  std::vector<double> wage = RandomNumbers(kRows, 3);
  const std::vector<double> dice = RandomNumbers(kRows, 4);
  for (size_t i = 0; i < kRows; ++i) {
    if (dice[i] >= 100'000 * strength) continue;
    district[i] = nation[i] == "home" ? "north" : "south";
    wage[i] += nation[i] == "home" ? 200'000 : 0;
  }
  Dataset data = TestDataset()
                     .Text("nation", nation)
                     .Text("district", district)
                     .Number("wage", wage)
                     .Number("height", RandomNumbers(kRows, 5))
                     .Make();
  MakeSensitive(&data, "nation");
  return data;
}

TEST(SensitiveProxyTest, ColumnsThatGiveItAway) {
  const std::vector<Finding> found = FindingsOf("sensitive_proxy", People(0.95));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].place.column, "district");
  EXPECT_EQ(found[0].detail["measure"], "Cramer's V");
  EXPECT_EQ(found[1].place.column, "wage");
  EXPECT_EQ(found[1].detail["measure"], "correlation ratio");
  for (const Finding& finding : found) {
    EXPECT_EQ(finding.severity, Severity::kWarning);
    EXPECT_EQ(finding.detail["sensitive"], "nation");
    EXPECT_GE(finding.detail["low"], 0.5);
    EXPECT_LE(finding.detail["low"], finding.detail["value"]);
    EXPECT_THAT(finding.message, HasSubstr("gives 'nation' away"));
    EXPECT_THAT(finding.fix, HasSubstr("train with and without '" + finding.place.column + "'"));
  }
}

TEST(SensitiveProxyTest, AHintIsAnInfo) {
  const std::vector<Finding> found = FindingsOf("sensitive_proxy", People(0.45));
  ASSERT_FALSE(found.empty());
  for (const Finding& finding : found) {
    EXPECT_EQ(finding.severity, Severity::kInfo);
    EXPECT_THAT(finding.message, HasSubstr("hints at 'nation'"));
  }
}

TEST(SensitiveProxyTest, NumbersBetweenNumbersWhateverTheSign) {
  std::vector<double> age = RandomNumbers(kRows, 6, 60), years = age;
  for (double& x : years) x = -x * x;
  Dataset data = TestDataset().Number("age", age).Number("years", years).Make();
  MakeSensitive(&data, "age");
  const std::vector<Finding> found = FindingsOf("sensitive_proxy", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].place.column, "years");
  EXPECT_NEAR(found[0].detail["value"], 1, 1e-9);
}

TEST(SensitiveProxyTest, NothingWhereColumnsAreIndependent) {
  EXPECT_TRUE(FindingsOf("sensitive_proxy", People(0)).empty());
  const Dataset nobody = TestDataset().Number("x", RandomNumbers(9, 1)).Make();
  EXPECT_THAT(SkipReason("sensitive_proxy", nobody), HasSubstr("no column is sensitive"));
}

}  // namespace
}  // namespace bottega

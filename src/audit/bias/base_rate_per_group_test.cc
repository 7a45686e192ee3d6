#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

// 1,000 people of each sex; `women` and `men` of them are approved.
TestDataset People(int women, int men) {
  TextCells sex, label;
  for (int i = 0; i < 2000; ++i) {
    sex.push_back(i < 1000 ? "woman" : "man");
    label.push_back(i % 1000 < (i < 1000 ? women : men) ? "yes" : "no");
  }
  return TestDataset()
      .Text("sex", sex)
      .Text("approved", label, FeatureType::kBinary, Role::kTarget);
}

Dataset Sensitive(Dataset data, const std::string& column) {
  MakeSensitive(&data, column);
  return data;
}

TEST(BaseRatePerGroupTest, BelowFourFifthsIsAWarning) {
  const std::vector<Finding> found =
      FindingsOf("base_rate_per_group", Sensitive(People(200, 400).Make(), "sex"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].place.column, "sex");
  EXPECT_EQ(found[0].detail["label"], "yes");
  EXPECT_NEAR(found[0].detail["ratio"], 0.5, 1e-9);
  // statsmodels.stats.proportion.proportion_confint(200, 1000, method="wilson").
  EXPECT_NEAR(found[0].detail["groups"]["woman"]["low"], 0.17636, 1e-4);
  EXPECT_NEAR(found[0].detail["groups"]["woman"]["high"], 0.22594, 1e-4);
  EXPECT_THAT(found[0].message, HasSubstr("40.0 %"));
  EXPECT_THAT(found[0].message, HasSubstr("'sex' 'man' but of 20.0 %"));
  EXPECT_THAT(found[0].fix, HasSubstr("past decisions"));
}

TEST(BaseRatePerGroupTest, AboveFourFifthsIsAnInfo) {
  const std::vector<Finding> found =
      FindingsOf("base_rate_per_group", Sensitive(People(420, 490).Make(), "sex"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);
}

TEST(BaseRatePerGroupTest, MeansOfNumbers) {
  TextCells sex;
  std::vector<double> wage = RandomNumbers(400, 1, 100);
  for (size_t i = 0; i < 400; ++i) {
    sex.push_back(i % 2 ? "man" : "woman");
    wage[i] += i % 2 ? 50 : 0;
  }
  const Dataset data = TestDataset().Text("sex", sex).Number("wage", wage, Role::kTarget).Make();
  const std::vector<Finding> found = FindingsOf("base_rate_per_group", Sensitive(data, "sex"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_GT(found[0].detail["means"]["man"], found[0].detail["means"]["woman"]);
}

TEST(BaseRatePerGroupTest, NothingWhereGroupsFareAlikeOrAreSmall) {
  EXPECT_TRUE(FindingsOf("base_rate_per_group", Sensitive(People(300, 310).Make(), "sex")).empty());
  TextCells sex(100, "man"), label = YesNo(100, 29);
  std::fill(sex.begin(), sex.begin() + 29, "woman");
  const Dataset small =
      TestDataset().Text("sex", sex).Text("y", label, FeatureType::kBinary, Role::kTarget).Make();
  EXPECT_TRUE(FindingsOf("base_rate_per_group", Sensitive(small, "sex")).empty());
  EXPECT_EQ(FindingsOf("base_rate_per_group", Sensitive(small, "sex"), "{rows: 29}").size(), 1u);
  EXPECT_THAT(SkipReason("base_rate_per_group", small), HasSubstr("no column is sensitive"));
}

}  // namespace
}  // namespace bottega

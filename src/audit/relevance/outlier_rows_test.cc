#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

struct People {
  std::vector<double> height, weight;
  TextCells city, country;

  explicit People(int64_t n) {
    for (int64_t i = 0; i < n; ++i) {
      Random random(3, Purpose::kSample, 1, i);
      height.push_back(170 + 9 * random.Normal());
      weight.push_back(0.9 * height.back() - 85 + 3 * random.Normal());
      const int64_t place = random.Below(8);
      city.push_back("city" + std::to_string(place));
      country.push_back("land" + std::to_string(place / 2));
    }
  }
  Dataset Make() const {
    return TestDataset()
        .Number("height", height)
        .Number("weight", weight)
        .Text("city", city)
        .Text("country", country)
        .Make();
  }
};

TEST(OutlierRowsTest, ReasonsNameColumns) {
  People people(800);
  people.height[5] = 190;
  people.weight[5] = 60;
  people.city[9] = "city0";
  people.country[9] = "land3";
  const std::vector<Finding> found = FindingsOf("outlier_rows", people.Make());
  ASSERT_EQ(found.size(), 2u);
  for (const Finding& finding : found) {
    EXPECT_EQ(finding.severity, Severity::kWarning);
    if (finding.place.row == 9) {
      EXPECT_THAT(finding.message, HasSubstr("hardly ever stands beside"));
      EXPECT_EQ(finding.detail["kind"], "pair");
    } else {
      EXPECT_EQ(finding.place.row, 5);
      EXPECT_THAT(finding.message, HasSubstr("row 5 is unlike the others: '"));
    }
  }
}

TEST(OutlierRowsTest, SensitiveValuesAreNotShown) {
  People people(800);
  people.city[9] = "city0";
  people.country[9] = "land3";
  Dataset data = people.Make();
  MakeSensitive(&data, "country");
  const std::vector<Finding> found = FindingsOf("outlier_rows", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].message, Not(HasSubstr("land")));
  EXPECT_THAT(found[0].message, HasSubstr("'country'"));
}

TEST(OutlierRowsTest, SkipsAndScores) {
  const Dataset one = TestDataset().Number("x", RandomNumbers(100, 1)).Make();
  EXPECT_EQ(SkipReason("outlier_rows", one), "there are fewer than two columns to compare");
  const AuditResult result = RunOnly("outlier_rows", People(800).Make());
  EXPECT_LE(result.findings.size(), 1u);
  EXPECT_EQ(result.scores.at(0).rows.size(), 800u);
}

}  // namespace
}  // namespace bottega

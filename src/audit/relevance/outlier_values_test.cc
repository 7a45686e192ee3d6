#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

std::vector<double> Normals(int64_t n, double mean, double deviation) {
  std::vector<double> out;
  for (int64_t i = 0; i < n; ++i) {
    out.push_back(std::round(mean + deviation * Random(3, Purpose::kSample, 1, i).Normal()));
  }
  return out;
}

TEST(OutlierValuesTest, SlipsAreNamed) {
  std::vector<double> height = Normals(500, 170, 9);
  height[40] = 1720;
  height[90] = 1.65;
  const Dataset data = TestDataset().Number("height", height).Make();
  const AuditResult result = RunOnly("outlier_values", data);
  ASSERT_EQ(result.findings.size(), 2u);
  const Finding& high = result.findings[0];
  EXPECT_EQ(high.place.row, 40);
  EXPECT_EQ(high.place.column, "height");
  EXPECT_EQ(high.severity, Severity::kWarning);
  EXPECT_THAT(high.message, HasSubstr("'height' is 1720 in row 40, far above the usual"));
  EXPECT_THAT(high.message, HasSubstr("divided by 10 it would be ordinary"));
  EXPECT_THAT(result.findings[1].message, HasSubstr("times 100 it would be ordinary"));
  EXPECT_LT(result.scores[0].rows[40], 0.01F);
  EXPECT_EQ(result.scores[0].rows[41], 1);
}

TEST(OutlierValuesTest, ManyFarValuesAreAPopulation) {
  std::vector<double> x = Normals(500, 100, 5);
  for (size_t i = 0; i < 15; ++i) x[30 * i] = 900 + static_cast<double>(i);
  const std::vector<Finding> found =
      FindingsOf("outlier_values", TestDataset().Number("x", x).Make());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_THAT(found[0].message, HasSubstr("a second population"));
}

TEST(OutlierValuesTest, SkewZerosAndCodesAreOrdinary) {
  std::vector<double> skewed, zeros, number;
  for (int64_t i = 0; i < 1000; ++i) {
    Random random(3, Purpose::kSample, 2, i);
    skewed.push_back(std::exp(1.2 * random.Normal()));
    zeros.push_back(random.Chance(0.8) ? 0 : std::round(3000 + 400 * random.Normal()));
    number.push_back(i < 990 ? 10'000 + i : 90'000 + i);
  }
  const Dataset data = TestDataset()
                           .Number("skewed", skewed)
                           .Number("zeros", zeros)
                           .Number("ProviderNumber", number)
                           .Make();
  EXPECT_TRUE(FindingsOf("outlier_values", data).empty());
  EXPECT_EQ(SkipReason("outlier_values", TestDataset().Number("x", {1, 2}).Make()),
            "there are fewer than 30 rows");
}

}  // namespace
}  // namespace bottega

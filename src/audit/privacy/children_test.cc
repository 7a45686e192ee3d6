#include "audit/test_audit.h"
#include "base/clock.h"

namespace bottega {
namespace {

TEST(ChildrenCheck, CountsAgesBelowTheLimit) {
  const Dataset data = TestDataset()
                           .Number("age", {15.5, 16, 40, kMissing, 3})
                           .Number("car_age", {1, 2, 3, 4, 5})
                           .Make();
  const std::vector<Finding> findings = FindingsOf("children", data);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].detail["rows"], Json::array({0, 4}));
  EXPECT_EQ(FindingsOf("children", data, "{below: 18}")[0].detail["count"], 3);
}

TEST(ChildrenCheck, CountsFromDatesAndYearsOfBirth) {
  const int64_t year = 365LL * 86'400 * 1'000'000, now = NowUnixSeconds() * 1'000'000;
  const Dataset dates =
      TestDataset().Dates("birth_date", {now - 10 * year, now - 30 * year}).Make();
  EXPECT_EQ(FindingsOf("children", dates)[0].detail["rows"], Json::array({0}));
  const double this_year = 1970 + static_cast<double>(now / year);
  const Dataset years = TestDataset().Number("birth_year", {this_year - 5, 1970}).Make();
  EXPECT_EQ(FindingsOf("children", years)[0].detail["rows"], Json::array({0}));
}

TEST(ChildrenCheck, SkipsAgesOfThings) {
  EXPECT_NE(SkipReason("children", TestDataset().Number("house_age", {1, 2}).Make()), "");
  EXPECT_NE(SkipReason("children", TestDataset().Number("age", {0.1, 0.9}).Make()), "");  // scaled
}

}  // namespace
}  // namespace bottega

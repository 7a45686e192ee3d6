#include "metric/resampled_t.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/files.h"
#include "base/json.h"
#include "base/test_folders.h"
#include "metric/student_t.h"

namespace bottega {
namespace {

Json Reference() { return ReadJson(TestReference("resampled_t.json")); }

TEST(ResampledT, QuantilesAreScipys) {
  const Json quantiles = Reference()["quantiles"];
  ASSERT_GT(quantiles.size(), 20U);
  for (const Json& one : quantiles) {
    const double expected = one[2];
    EXPECT_NEAR(StudentQuantile(one[0], one[1]), expected, 1e-9 * (1 + std::abs(expected))) << one;
  }
}

TEST(ResampledT, IntervalsAreNadeauAndBengios) {
  const Json intervals = Reference()["intervals"];
  ASSERT_EQ(intervals.size(), 10U);
  for (const Json& one : intervals) {
    const auto scores = one["scores"].get<std::vector<double>>();
    const Interval interval = CorrectedResampledT(scores, one["ratio"], one["level"]);
    EXPECT_NEAR(interval.low, one["low"].get<double>(), 1e-9);
    EXPECT_NEAR(interval.high, one["high"].get<double>(), 1e-9);
    EXPECT_NEAR(SampleSpreadOf(scores).deviation, one["deviation"].get<double>(), 1e-12);
  }
}

TEST(ResampledT, OneScoreTellsNoInterval) {
  EXPECT_TRUE(std::isnan(CorrectedResampledT({0.8}, 0.25, 0.95).low));
  EXPECT_TRUE(std::isnan(CorrectedResampledT({}, 0.25, 0.95).high));
  EXPECT_TRUE(std::isnan(SampleSpreadOf({}).mean));
  EXPECT_EQ(SampleSpreadOf({0.5}).mean, 0.5);
}

}  // namespace
}  // namespace bottega

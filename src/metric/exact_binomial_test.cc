#include "metric/exact_binomial.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "base/test_folders.h"

namespace bottega {
namespace {

Json Reference() { return ReadJson(TestReference("review.json")); }

TEST(ExactBinomialTest, IntervalsAsScipy) {
  const Json reference = Reference();
  ASSERT_EQ(reference["intervals"].size(), 33u);
  for (const char* key : {"intervals", "effective"}) {
    for (const Json& row : reference[key]) {
      const Interval interval = ClopperPearson(row[0], row[1], row[2]);
      EXPECT_NEAR(interval.low, row[3], 1e-9) << row;
      EXPECT_NEAR(interval.high, row[4], 1e-9) << row;
    }
  }
}

TEST(ExactBinomialTest, ProbabilitiesAsScipy) {
  for (const Json& row : Reference()["below"]) {
    EXPECT_NEAR(BinomialBelow(row[0], row[1], row[2]), row[3], 1e-10) << row;
  }
  EXPECT_EQ(BinomialBelow(-1, 10, 0.5), 0);
}

TEST(ExactBinomialTest, NothingSeenTellsNothing) {
  const Interval interval = ClopperPearson(0, 0, 0.95);
  EXPECT_EQ(interval.low, 0);
  EXPECT_EQ(interval.high, 1);
}

// The probability of all outcomes whose interval holds the rate is at least the level.
TEST(ExactBinomialTest, CoversWhateverTheRate) {
  for (const int n : {5, 30, 80}) {
    for (double rate = 0.01; rate < 1; rate += 0.033) {
      double covered = 0;
      for (int k = 0; k <= n; ++k) {
        const Interval interval = ClopperPearson(k, n, 0.95);
        if (interval.low > rate || interval.high < rate) continue;
        covered += BinomialBelow(k, n, rate) - BinomialBelow(k - 1, n, rate);
      }
      EXPECT_GE(covered, 0.95 - 1e-9) << n << " " << rate;
    }
  }
}

}  // namespace
}  // namespace bottega

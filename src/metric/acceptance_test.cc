#include "metric/acceptance.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/json.h"
#include "base/test_folders.h"
#include "metric/exact_binomial.h"

namespace bottega {
namespace {

TEST(AcceptanceTest, PlansAsScipy) {
  const Json reference = ReadJson(TestReference("review.json"));
  ASSERT_EQ(reference["plans"].size(), 15u);
  for (const Json& row : reference["plans"]) {
    const int64_t allowed = row[3];
    const auto plans = AcceptancePlans(row[0], row[1], row[2], allowed);
    ASSERT_EQ(static_cast<int64_t>(plans.size()), allowed + 1);
    EXPECT_EQ(plans.back().allowed, allowed);
    EXPECT_EQ(plans.back().rows, row[4].get<int64_t>()) << row;
    EXPECT_NEAR(plans.back().passes, row[5], 1e-8) << row;
  }
}

TEST(AcceptanceTest, TheWholeIntervalDecides) {
  EXPECT_EQ(JudgeAcceptance({0.01, 0.049}, 0.05), Acceptance::kAccept);
  EXPECT_EQ(JudgeAcceptance({0.051, 0.2}, 0.05), Acceptance::kReject);
  EXPECT_EQ(JudgeAcceptance({0.02, 0.09}, 0.05), Acceptance::kUndecided);
}

TEST(AcceptanceTest, SaysHowManyRowsWouldDecide) {
  for (const double rate : {0.0, 0.02, 0.04, 0.08, 0.5}) {
    const int64_t rows = RowsToDecide(rate, 0.05, 0.95);
    ASSERT_GT(rows, 0) << rate;
    const double n = static_cast<double>(rows);
    const Interval then = ClopperPearson(std::round(rate * n), n, 0.95);
    EXPECT_NE(JudgeAcceptance(then, 0.05), Acceptance::kUndecided) << rate;
  }
  EXPECT_EQ(RowsToDecide(0.05, 0.05, 0.95), -1);
}

}  // namespace
}  // namespace bottega

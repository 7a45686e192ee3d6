#include "profile/share_tests.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "base/test_folders.h"
#include "profile/association.h"

namespace bottega {
namespace {

Json Reference() { return ReadJson(TestReference("shares.json")); }

TEST(ShareTestsTest, AsScipy) {
  const Json reference = Reference();
  ASSERT_EQ(reference["differ"].size(), 6u);
  for (const Json& row : reference["differ"]) {
    const double p = row[4].get<double>();
    EXPECT_NEAR(SharesDifferP(row[0], row[1], row[2], row[3]), p, 1e-6 * p + 1e-9) << row;
    EXPECT_NEAR(SharesDifferP(row[2], row[3], row[0], row[1]), p, 1e-6 * p + 1e-9) << row;
  }
  for (const Json& row : reference["h"]) EXPECT_NEAR(CohenH(row[0], row[1]), row[2], 1e-9);
  const std::vector<double> adjusted = AdjustForDiscoveries(reference["p"]);
  ASSERT_EQ(adjusted.size(), reference["adjusted"].size());
  for (size_t i = 0; i < adjusted.size(); ++i) {
    EXPECT_NEAR(adjusted[i], reference["adjusted"][i], 1e-12);
  }
}

TEST(ShareTestsTest, GoodnessOfFitMergesSparseCells) {
  const Json r = Reference();
  EXPECT_NEAR(GoodnessOfFitP(r["counts"], r["shares"]), r["fit"], 1e-9);
  EXPECT_NEAR(GoodnessOfFitP(r["sparse_counts"], r["sparse_shares"]), r["sparse_fit"], 1e-9);
  EXPECT_EQ(GoodnessOfFitP({3}, {1}), 1);
  EXPECT_EQ(GoodnessOfFitP({}, {}), 1);
}

TEST(ShareTestsTest, Extremes) {
  EXPECT_EQ(SharesDifferP(0, 0, 3, 10), 1);
  EXPECT_EQ(SharesDifferP(0, 50, 0, 70), 1);
  EXPECT_LT(SharesDifferP(50, 50, 0, 70), 1e-20);
  EXPECT_TRUE(AdjustForDiscoveries({}).empty());
}

TEST(ShareTestsTest, RowsForAMargin) {
  EXPECT_NEAR(RowsForMargin(0.05, 0.95), Reference()["rows_for_margin"], 1);
  for (const double share : {0.5, 0.3, 0.1}) {
    const double n = static_cast<double>(RowsForMargin(0.05, 0.95));
    const Estimate estimate = ShareOf(share * n, n, 0.95);
    EXPECT_LE(estimate.high - estimate.low, 0.1 + 1e-9);
  }
}

}  // namespace
}  // namespace bottega

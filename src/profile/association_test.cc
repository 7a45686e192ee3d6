#include "profile/association.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "base/test_folders.h"
#include "profile/normal.h"

namespace bottega {
namespace {

Json Reference() { return ReadJson(TestReference("audit.json")); }

Contingency Table(const Json& reference) {
  Contingency table{4, 3, {}};
  for (const Json& row : reference["table"]) {
    for (const Json& cell : row) table.count.push_back(cell.get<double>());
  }
  return table;
}

TEST(AssociationTest, TablesAgreeWithScipy) {
  const Json reference = Reference();
  const Contingency table = Table(reference);
  const ChiSquare chi = ChiSquareOf(table);
  EXPECT_NEAR(chi.statistic, reference["chi_square"].get<double>(), 1e-9);
  EXPECT_NEAR(chi.p / reference["chi_square_p"].get<double>(), 1, 1e-9);
  EXPECT_NEAR(CramersV(table), reference["cramers_v"].get<double>(), 1e-12);
}

TEST(AssociationTest, NumbersAgreeWithScipy) {
  const Json reference = Reference();
  const auto group = reference["group"].get<std::vector<int32_t>>();
  const auto value = reference["value"].get<std::vector<double>>();
  const auto other = reference["other"].get<std::vector<double>>();
  EXPECT_NEAR(AnovaP(group, 3, value) / reference["anova_p"].get<double>(), 1, 1e-9);
  const Estimate eta = CorrelationRatio(group, 3, value, 0.95, 1);
  EXPECT_NEAR(eta.value, reference["eta"].get<double>(), 1e-12);
  EXPECT_LE(eta.low, eta.value);
  EXPECT_GE(eta.high, eta.value);
  EXPECT_NEAR(RankCorrelation(value, other, 0.95).value, reference["spearman"].get<double>(),
              1e-12);
}

TEST(AssociationTest, IntervalsAgreeWithScipy) {
  const Json reference = Reference();
  const auto expect = [&](const char* key, double k, double n) {
    const Estimate share = ShareOf(k, n, 0.95);
    EXPECT_NEAR(share.low, reference["wilson"][key][0].get<double>(), 1e-12) << key;
    EXPECT_NEAR(share.high, reference["wilson"][key][1].get<double>(), 1e-12) << key;
  };
  expect("0/10", 0, 10);
  expect("7/20", 7, 20);
  expect("500/1000", 500, 1000);
  for (const auto& [p, quantile] : reference["normal_quantile"].items()) {
    EXPECT_NEAR(NormalQuantile(std::stod(p)), quantile.get<double>(), 1e-9);
  }
}

TEST(AssociationTest, IntervalOfCramersVHoldsTheValueAndRepeats) {
  const Contingency table = Table(Reference());
  const Estimate a = CramersVInterval(table, 0.95, 3), b = CramersVInterval(table, 0.95, 3);
  EXPECT_EQ(a.low, b.low);
  EXPECT_LT(a.low, a.value);
  EXPECT_GT(a.high, a.value);
  EXPECT_LT(a.high - a.low, 0.35);
}

TEST(AssociationTest, NoncentralChiSquareAgreesWithScipy) {
  const Json reference = ReadJson(TestReference("redundancy.json"));
  for (const Json& row : reference["noncentral"]) {
    const double tail =
        NoncentralChiSquareTail(row[0].get<double>(), row[1].get<double>(), row[2].get<double>());
    EXPECT_NEAR(tail, row[3].get<double>(), 1e-8) << row.dump();
  }
  for (const Json& row : reference["effect"]) {
    const ChiSquare test{row[0].get<double>(), row[1].get<double>()};
    EXPECT_NEAR(EffectUpperEnd(test, row[2].get<double>(), row[3].get<double>()),
                row[4].get<double>(), 1e-5)
        << row.dump();
  }
}

}  // namespace
}  // namespace bottega

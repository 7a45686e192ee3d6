#include "profile/agreement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/json.h"
#include "base/test_folders.h"

namespace bottega {
namespace {

using Table = std::vector<std::vector<int>>;

Json Reference() { return ReadJson(TestReference("agreement.json")); }

// Items by annotators, -1 missing.
Ratings RatingsOf(const Table& table, const std::vector<double>& numbers) {
  Ratings out{.items = static_cast<int64_t>(table.size()),
              .annotators = static_cast<int64_t>(table[0].size()),
              .values = static_cast<int64_t>(numbers.size()),
              .number = numbers};
  for (size_t i = 0; i < table.size(); ++i) {
    for (size_t a = 0; a < table[i].size(); ++a) {
      if (table[i][a] < 0) continue;
      out.ratings.push_back(
          {static_cast<int32_t>(i), static_cast<int32_t>(a), static_cast<int32_t>(table[i][a])});
    }
  }
  return out;
}

void ExpectAlphas(const Ratings& ratings, const Json& expected) {
  EXPECT_NEAR(KrippendorffAlpha(ratings, AgreementScale::kNominal), expected["nominal"], 1e-9);
  EXPECT_NEAR(KrippendorffAlpha(ratings, AgreementScale::kOrdinal), expected["ordinal"], 1e-9);
  EXPECT_NEAR(KrippendorffAlpha(ratings, AgreementScale::kInterval), expected["interval"], 1e-9);
}

TEST(AgreementTest, KrippendorffsOwnExampleAndOthers) {
  const Json r = Reference();
  const Ratings example = RatingsOf(r["example"], {1, 2, 3, 4, 5});
  ExpectAlphas(example, r["example_alpha"]);
  EXPECT_NEAR(KrippendorffAlpha(example, AgreementScale::kNominal), 0.743, 5e-4);
  EXPECT_NEAR(KrippendorffAlpha(example, AgreementScale::kOrdinal), 0.815, 5e-4);
  EXPECT_NEAR(KrippendorffAlpha(example, AgreementScale::kInterval), 0.849, 5e-4);
  ExpectAlphas(RatingsOf(r["gaps"], r["values"]), r["gaps_alpha"]);
  ExpectAlphas(RatingsOf(r["full"], r["values"]), r["full_alpha"]);
}

TEST(AgreementTest, TheIntervalHoldsAlphaAndNarrowsWithItems) {
  const Json r = Reference();
  const Ratings few = RatingsOf(r["full"], r["values"]);
  Table repeated;
  for (int i = 0; i < 9; ++i) {
    for (const Json& row : r["full"]) repeated.push_back(row);
  }
  const Ratings many = RatingsOf(repeated, r["values"]);
  const Estimate wide = KrippendorffAlphaInterval(few, AgreementScale::kNominal, 0.95, 7);
  const Estimate narrow = KrippendorffAlphaInterval(many, AgreementScale::kNominal, 0.95, 7);
  EXPECT_LT(wide.low, wide.value);
  EXPECT_GT(wide.high, wide.value);
  // A third of the width for nine times the items.
  EXPECT_NEAR((wide.high - wide.low) / (narrow.high - narrow.low), 3, 0.8);
  const Estimate again = KrippendorffAlphaInterval(few, AgreementScale::kNominal, 0.95, 7);
  EXPECT_EQ(again.low, wide.low);
}

TEST(AgreementTest, KappasAsStatsmodelsAndScikitLearn) {
  const Json r = Reference();
  const Ratings full = RatingsOf(r["full"], r["values"]);
  EXPECT_NEAR(FleissKappa(full), r["fleiss"], 1e-9);
  const Contingency pair = PairOfAnnotators(full, 0, 1);
  EXPECT_EQ(pair.total(), 60);
  EXPECT_NEAR(CohenKappa(pair, AgreementScale::kNominal), r["cohen"]["none"], 1e-9);
  EXPECT_NEAR(CohenKappa(pair, AgreementScale::kOrdinal), r["cohen"]["linear"], 1e-9);
  EXPECT_NEAR(CohenKappa(pair, AgreementScale::kInterval), r["cohen"]["quadratic"], 1e-9);
}

TEST(AgreementTest, DawidSkeneAsCrowdKit) {
  const Json r = Reference();
  const Ratings ratings = RatingsOf(r["gaps"], r["values"]);
  const Consensus consensus = DawidSkene(ratings, 1000);
  const Json& expected = r["dawid_skene"];
  ASSERT_GT(expected["tasks"].size(), 50u);
  double worst = 0;
  for (size_t i = 0; i < expected["tasks"].size(); ++i) {
    for (int32_t v = 0; v < 4; ++v) {
      worst =
          std::max(worst, std::abs(consensus.At(expected["tasks"][i], v) -
                                   expected["posterior"][i][static_cast<size_t>(v)].get<double>()));
    }
  }
  EXPECT_LT(worst, 5e-3);
}

TEST(AgreementTest, DawidSkeneSeesThroughThoseWhoAlwaysSayTheSame) {
  // Two good annotators and three who say 0 whatever it is.
  Table table;
  for (int i = 0; i < 200; ++i) table.push_back({i % 2, i % 2, 0, 0, 0});
  const Ratings ratings = RatingsOf(table, {0, 1});
  EXPECT_EQ(MajorityVote(ratings).Best(1), 0);
  const Consensus consensus = DawidSkene(ratings);
  EXPECT_EQ(consensus.Best(1), 1);
  EXPECT_GT(consensus.accuracy[0], 0.95);
  EXPECT_NEAR(consensus.accuracy[3], 0.5, 0.05);
}

TEST(AgreementTest, WhatCannotBeSaid) {
  const Ratings same = RatingsOf({{0, 0}, {0, 0}}, {1});
  EXPECT_TRUE(std::isnan(KrippendorffAlpha(same, AgreementScale::kNominal)));
  EXPECT_TRUE(std::isnan(FleissKappa(same)));
  EXPECT_TRUE(std::isnan(CohenKappa(PairOfAnnotators(same, 0, 1), AgreementScale::kNominal)));
  const Ratings alone = RatingsOf({{0, -1}, {-1, -1}, {1, 0}}, {1, 2});
  const std::vector<double> disagreement = ItemDisagreement(alone);
  EXPECT_TRUE(std::isnan(disagreement[0]));
  EXPECT_EQ(disagreement[2], 1);
  EXPECT_EQ(DawidSkene(alone).Best(1), -1);
  EXPECT_EQ(MajorityVote(alone).Best(0), 0);
}

}  // namespace
}  // namespace bottega

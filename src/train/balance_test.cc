#include "train/balance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace bottega {
namespace {

using testing::ElementsAre;

// sklearn.utils.class_weight.compute_class_weight("balanced", classes=[0, 1, 2], y=[0,0,0,1,2,2]).
TEST(ClassWeights, AreScikitLearns) {
  const std::vector<int32_t> labels = {0, 0, 0, 1, 2, 2, -1};
  const auto weights = ClassWeights(labels, 3);
  ASSERT_EQ(weights.size(), 3U);
  EXPECT_DOUBLE_EQ(weights[0], 2.0 / 3);
  EXPECT_DOUBLE_EQ(weights[1], 2.0);
  EXPECT_DOUBLE_EQ(weights[2], 1.0);
}

TEST(ClassWeights, AbsentClassGetsNone) {
  EXPECT_THAT(ClassWeights(std::vector<int32_t>{0, 0}, 2), ElementsAre(0.5, 0.0));
}

// The formula of equation 2 by hand: n = 3, 1, 2, beta 0.9 gives 0.1 / (0.271, 0.1, 0.19), then a
// mean of 1 over the six rows.
TEST(EffectiveNumber, IsCuisFormula) {
  const std::vector<int32_t> labels = {0, 0, 0, 1, 2, 2, -1};
  const auto weights = EffectiveNumberWeights(labels, 3, 0.9);
  const double sum = 3 / 2.71 + 1 / 1.0 + 2 / 1.9;
  EXPECT_NEAR(weights[0], 6 / 2.71 / sum, 1e-12);
  EXPECT_NEAR(weights[1], 6 / 1.0 / sum, 1e-12);
  EXPECT_NEAR(weights[2], 6 / 1.9 / sum, 1e-12);
  EXPECT_THAT(EffectiveNumberWeights(labels, 3, 0), ElementsAre(1, 1, 1));
  const auto nearly = EffectiveNumberWeights(labels, 3, 1 - 1e-7);
  EXPECT_NEAR(nearly[1] / nearly[0], 3, 1e-6);
  EXPECT_EQ(EffectiveNumberWeights(std::vector<int32_t>{0, 0}, 2, 0.5)[1], 0);
}

Json Settings(const std::string& name, bool correct = true) {
  return {{"name", name}, {"correct", correct}, {"beta", 0.99}};
}

// 6 rows of class 0, 3 of class 1, none of class 2, 1 of class 3.
const std::vector<int32_t> kLabels = {0, 0, 0, 1, 0, 1, 0, 3, 1, 0};
const std::vector<double> kOnes(10, 1.0);

std::vector<int64_t> ClassCounts(const std::vector<int64_t>& order) {
  std::vector<int64_t> counts(4, 0);
  for (const int64_t row : order) ++counts[static_cast<size_t>(kLabels[static_cast<size_t>(row)])];
  return counts;
}

TEST(Balance, OrdersHaveEqualClasses) {
  const Balance over(Settings("oversample"), kLabels, 4, kOnes);
  const Balance under(Settings("undersample"), kLabels, 4, kOnes);
  const Balance sampler(Settings("sampler"), kLabels, 4, kOnes);
  std::set<int64_t> seen;
  for (int64_t epoch = 1; epoch <= 60; ++epoch) {
    EXPECT_THAT(ClassCounts(over.Order(10, 3, epoch)), ElementsAre(6, 6, 0, 6));
    const std::vector<int64_t> few = under.Order(10, 3, epoch);
    EXPECT_THAT(ClassCounts(few), ElementsAre(1, 1, 0, 1));
    seen.insert(few.begin(), few.end());
    const std::vector<int64_t> counts = ClassCounts(sampler.Order(10, 3, epoch));
    for (const size_t c : {0, 1, 3}) EXPECT_NEAR(static_cast<double>(counts[c]), 10.0 / 3, 1);
    EXPECT_EQ(over.Order(10, 3, epoch), over.Order(10, 3, epoch));
  }
  EXPECT_EQ(seen.size(), 10U);  // every row has its turn
  EXPECT_EQ(over.EpochRows(10), 18);
  EXPECT_EQ(under.EpochRows(10), 3);
  EXPECT_EQ(sampler.EpochRows(10), 10);
  EXPECT_NE(over.Order(10, 3, 1), over.Order(10, 3, 2));
}

TEST(Balance, UndersampledEpochsAreMixedThroughout) {
  std::vector<int32_t> labels(1000, 0);
  for (size_t i = 0; i < 100; ++i) labels[i * 10] = 1;
  const Balance under(Settings("undersample"), labels, 2, std::vector<double>(1000, 1.0));
  const std::vector<int64_t> order = under.Order(1000, 3, 1);
  ASSERT_EQ(order.size(), 200U);
  for (size_t begin = 0; begin < 200; begin += 50) {
    const auto rare = std::count_if(order.begin() + static_cast<int64_t>(begin),
                                    order.begin() + static_cast<int64_t>(begin) + 50,
                                    [&](int64_t row) { return row % 10 == 0; });
    EXPECT_NEAR(static_cast<double>(rare), 25, 15) << begin;
  }
}

TEST(Balance, NoneShufflesAndCorrectsNothing) {
  const Balance none(Json(), kLabels, 4, kOnes);
  EXPECT_THAT(ClassCounts(none.Order(10, 3, 1)), ElementsAre(6, 3, 0, 1));
  EXPECT_TRUE(none.logit_offset().empty());
  EXPECT_TRUE(Balance(Settings("weights", false), kLabels, 4, kOnes).logit_offset().empty());
}

// Saerens, by hand: a row with p' over equally frequent classes has p_c ~ p'_c share_c.
TEST(Balance, OffsetsBringProbabilitiesBack) {
  const double shares[] = {0.6, 0.3, 0, 0.1};
  for (const char* name : {"weights", "oversample", "undersample", "sampler"}) {
    const Balance balance(Settings(name), kLabels, 4, kOnes);
    const std::vector<float>& offset = balance.logit_offset();
    for (const size_t c : {0, 1, 3}) {
      EXPECT_NEAR(offset[c], std::log(shares[c] * 3), 1e-6) << name << c;
    }
    EXPECT_EQ(offset[2], 0);
  }
}

TEST(Balance, OffsetsHeedRowWeights) {
  std::vector<double> weights(10, 1.0);
  weights[7] = 4;  // the row of class 3
  // With weights of 6, 3 and 4 the natural shares are 6/13, 3/13, 4/13.
  const Balance weighted(Settings("weights"), kLabels, 4, weights);
  const std::vector<double> factor = weighted.class_factor();
  const double trained[] = {6 * factor[0], 3 * factor[1], 0, 4 * factor[3]};
  const double sum = trained[0] + trained[1] + trained[3];
  EXPECT_NEAR(weighted.logit_offset()[3], std::log(4.0 / 13 / (trained[3] / sum)), 1e-6);
  // Drawn equally often, its row weighs four times as much as others.
  const Balance drawn(Settings("sampler"), kLabels, 4, weights);
  EXPECT_NEAR(drawn.logit_offset()[3], std::log(4.0 / 13 / (4.0 / 6)), 1e-6);
  EXPECT_NEAR(drawn.logit_offset()[0], std::log(6.0 / 13 / (1.0 / 6)), 1e-6);
}

}  // namespace
}  // namespace bottega

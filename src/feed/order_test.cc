#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "feed/feed.h"

namespace bottega {
namespace {

std::vector<int64_t> CountsOf(const std::vector<int64_t>& order, size_t rows) {
  std::vector<int64_t> counts(rows);
  for (const int64_t row : order) ++counts.at(static_cast<size_t>(row));
  return counts;
}

TEST(OrderTest, ShuffledIsAPermutation) {
  for (const int64_t n : {0, 1, 2, 1000}) {
    std::vector<int64_t> order = ShuffledOrder(n, 7, 3);
    std::ranges::sort(order);
    EXPECT_EQ(order, SequentialOrder(n));
  }
}

TEST(OrderTest, EvenlySpreadTakesEqualSteps) {
  EXPECT_EQ(EvenlySpread({4, 5, 6, 7, 8, 9}, 3), (std::vector<int64_t>{4, 6, 8}));
  EXPECT_EQ(EvenlySpread({4, 5}, 3), (std::vector<int64_t>{4, 5}));
  EXPECT_TRUE(EvenlySpread({}, 3).empty());
}

TEST(OrderTest, ShuffledDependsOnSeedAndEpochAlone) {
  EXPECT_EQ(ShuffledOrder(100, 7, 3), ShuffledOrder(100, 7, 3));
  EXPECT_NE(ShuffledOrder(100, 7, 3), ShuffledOrder(100, 7, 4));
  EXPECT_NE(ShuffledOrder(100, 7, 3), ShuffledOrder(100, 8, 3));
  EXPECT_NE(ShuffledOrder(100, 7, 3), SequentialOrder(100));
}

TEST(OrderTest, WeightedComesAsOftenAsItsWeightSays) {
  const std::vector<double> weights = {1, 0, 2.5, 3, 0.25, 0};
  for (int64_t epoch = 0; epoch < 20; ++epoch) {
    const std::vector<int64_t> order = WeightedOrder(weights, 101, 7, epoch);
    ASSERT_EQ(order.size(), 101u);
    const std::vector<int64_t> counts = CountsOf(order, weights.size());
    for (size_t i = 0; i < weights.size(); ++i) {
      const double expected = 101 * weights[i] / 6.75;
      EXPECT_GE(static_cast<double>(counts[i]), std::floor(expected));
      EXPECT_LE(static_cast<double>(counts[i]), std::ceil(expected));
    }
  }
}

TEST(OrderTest, WeightedIsShuffledAndKnowsItsEpoch) {
  const std::vector<double> weights(50, 0.1);
  const std::vector<int64_t> order = WeightedOrder(weights, 50, 7, 0);
  EXPECT_EQ(CountsOf(order, 50), std::vector<int64_t>(50, 1));
  EXPECT_FALSE(std::ranges::is_sorted(order));
  EXPECT_EQ(order, WeightedOrder(weights, 50, 7, 0));
  EXPECT_NE(order, WeightedOrder(weights, 50, 7, 1));
  EXPECT_THROW(WeightedOrder({0, 0}, 5, 7, 0), Error);
}

TEST(OrderTest, BalancedClassesAreEquallyFrequent) {
  std::vector<int32_t> labels(90, 0);
  labels.insert(labels.end(), 9, 1);
  labels.insert(labels.end(), 1, 2);
  labels.insert(labels.end(), 5, -1);
  const std::vector<double> weights = BalancedWeights(labels, 3);
  const std::vector<int64_t> counts = CountsOf(WeightedOrder(weights, 300, 7, 0), labels.size());
  std::vector<int64_t> classes(4);
  for (size_t i = 0; i < labels.size(); ++i) {
    classes[static_cast<size_t>(labels[i] < 0 ? 3 : labels[i])] += counts[i];
  }
  for (size_t c = 0; c < 3; ++c) EXPECT_NEAR(static_cast<double>(classes[c]), 100, 1);
  EXPECT_EQ(classes[3], 0);
}

}  // namespace
}  // namespace bottega

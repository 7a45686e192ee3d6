#include "metric/bootstrap.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/json.h"
#include "base/random.h"
#include "metric/metrics.h"

namespace bottega {
namespace {

Predictions Coin(int64_t n, double correct) {
  Predictions p{.classes = {"a", "b"}, .positive = 1};
  for (int64_t i = 0; i < n; ++i) {
    Random random(3, Purpose::kSample, 0, i);
    p.row.push_back(i);
    p.label.push_back(random.Chance(0.5));
    p.predicted.push_back(random.Chance(correct) ? p.label.back() : 1 - p.label.back());
    const float score = static_cast<float>(random.Uniform());
    p.probability.insert(p.probability.end(), {1 - score, score});
    p.weight.push_back(1);
  }
  return p;
}

std::vector<Interval> AccuracyAndAuc(const Predictions& p, const BootstrapOptions& options) {
  const auto quantities = [](const Tally& tally, std::vector<double>* values) {
    *values = {FindMetric("accuracy")->value(tally), FindMetric("roc_auc")->value(tally)};
  };
  return Bootstrap(Tallier(p), 2, quantities, options);
}

// The accuracy of n independent rows has standard error sqrt(p (1 - p) / n).
TEST(BootstrapTest, WidthIsThatOfABinomial) {
  const Predictions p = Coin(2000, 0.8);
  const double accuracy = Metric("accuracy", p);
  const Interval interval = AccuracyAndAuc(p, {.resamples = 2000})[0];
  const double half = 1.96 * std::sqrt(accuracy * (1 - accuracy) / 2000);
  EXPECT_NEAR(interval.low, accuracy - half, 0.1 * half);
  EXPECT_NEAR(interval.high, accuracy + half, 0.1 * half);
}

// Hanley and McNeil 1982: for a useless score the AUC's standard error is
// sqrt((positives + negatives + 1) / (12 positives negatives)).
TEST(BootstrapTest, WidthOfAucUnderChance) {
  const Predictions p = Coin(2000, 0.8);
  const double half = 1.96 * std::sqrt(2001.0 / (12.0 * 1000 * 1000));
  const Interval interval = AccuracyAndAuc(p, {.resamples = 2000})[1];
  EXPECT_NEAR((interval.high - interval.low) / 2, half, 0.1 * half);
}

TEST(BootstrapTest, SameSeedSameIntervalsWhateverTheThreads) {
  const Predictions p = Coin(300, 0.7);
  const auto one = AccuracyAndAuc(p, {.resamples = 200, .threads = 1});
  const auto four = AccuracyAndAuc(p, {.resamples = 200, .threads = 4});
  const auto other = AccuracyAndAuc(p, {.resamples = 200, .seed = 8, .threads = 4});
  EXPECT_EQ(one[1].low, four[1].low);
  EXPECT_EQ(one[1].high, four[1].high);
  EXPECT_NE(one[1].low, other[1].low);
}

TEST(BootstrapTest, ManyRowsAreDrawnLessOften) {
  EXPECT_EQ(ResamplesFor(200'000, 1000), 1000);
  EXPECT_EQ(ResamplesFor(400'000, 1000), 500);
  EXPECT_EQ(ResamplesFor(10'000'000, 1000), 200);
  EXPECT_EQ(ResamplesFor(10'000'000, 50), 50);
  EXPECT_EQ(ResamplesFor(10'000'000, 0), 0);
}

TEST(BootstrapTest, UndefinedQuantitiesHaveNoInterval) {
  Predictions p = Coin(50, 0.7);
  p.label.assign(50, 0);
  EXPECT_TRUE(std::isnan(AccuracyAndAuc(p, {.resamples = 50})[1].low));
  EXPECT_TRUE(std::isnan(AccuracyAndAuc(Coin(0, 1), {})[0].low));
  EXPECT_TRUE(std::isnan(AccuracyAndAuc(Coin(10, 1), {.resamples = 0})[0].low));
}

}  // namespace
}  // namespace bottega

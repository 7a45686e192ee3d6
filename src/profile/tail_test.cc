#include "profile/tail.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "profile/symmetric_scale.h"

namespace bottega {
namespace {

constexpr int64_t kMany = 20'000;

template <class Draw>
std::vector<double> Drawn(int64_t n, Draw draw) {
  std::vector<double> values;
  Random random(3, Purpose::kSample, 1);
  for (int64_t i = 0; i < n; ++i) values.push_back(draw(&random));
  return values;
}

std::vector<double> Sorted(std::vector<double> values) {
  std::ranges::sort(values);
  return values;
}

double Exponential(Random* random) { return -std::log1p(-random->Uniform()); }
double Normal(Random* random) { return random->Normal(); }
double LogNormal(Random* random) { return std::exp(random->Normal()); }

TEST(TailTest, AnExponentialTailIsItsOwn) {
  const Tail tail = TailOf(Sorted(Drawn(kMany, &Exponential)));
  EXPECT_NEAR(tail.power, 1, 0.12);
  for (const double x : {3.0, 8.0}) EXPECT_NEAR(std::log(tail.Beyond(x)), -x, 0.15 * x);
}

TEST(TailTest, ANormalTailIsNotUnderestimated) {
  const Tail tail = TailOf(Sorted(Drawn(kMany, &Normal)));
  for (const double x : {3.0, 4.0, 5.0}) {
    const double truth = 0.5 * std::erfc(x / std::sqrt(2.0));
    EXPECT_GE(tail.Beyond(x), truth);
    EXPECT_LE(tail.Beyond(x), 10 * truth) << x;
  }
}

TEST(TailTest, AHeavyTailIsSeenInManyValues) {
  const auto pareto = [](Random* random) { return std::pow(1 - random->Uniform(), -0.5); };
  const Tail tail = TailOf(Sorted(Drawn(kMany, pareto)));
  EXPECT_GT(tail.shape, 0.2);
  EXPECT_GT(tail.Beyond(30), 2e-4);  // 1 / 900 in truth
}

TEST(TailTest, ForeignScoresHardlyMoveIt) {
  std::vector<double> values = Drawn(kMany, &Normal);
  const double before = TailOf(Sorted(values)).Beyond(5);
  for (size_t i = 0; i < values.size() / 50; ++i) values[i] = 1000;
  const Tail after = TailOf(Sorted(values));
  EXPECT_LT(after.Beyond(5), 1000 * before);
  EXPECT_LT(after.Beyond(9), 1e-6);
}

TEST(TailTest, NothingToJudgeWithoutSpread) {
  EXPECT_EQ(TailOf({}).scale, 0);
  EXPECT_EQ(TailOf({2, 2, 2, 2}).scale, 0);
}

TEST(SymmetricScaleTest, SkewIsTakenOut) {
  const SymmetricScale scale(Drawn(5000, &LogNormal));
  ASSERT_TRUE(scale.spread());
  EXPECT_NEAR(scale.At(1), 0, 0.05);
  EXPECT_NEAR(scale.At(std::exp(2)), 2, 0.1);
  EXPECT_NEAR(scale.At(std::exp(-2)), -2, 0.1);
  EXPECT_EQ(scale.At(-1), -INFINITY);
}

TEST(SymmetricScaleTest, TailsAreDrawnInToThoseOfANormal) {
  const SymmetricScale scale(
      Drawn(5000, [](Random* r) { return Exponential(r) - Exponential(r); }));
  EXPECT_NEAR(scale.NormalAt(1), scale.At(1), 1e-9);
  double last = -1;
  for (double x = 0; x < 30; x += 0.5) {
    EXPECT_GE(scale.NormalAt(x), last);
    last = scale.NormalAt(x);
    EXPECT_LE(last, std::abs(scale.At(x)) + 1e-9);
  }
  EXPECT_LT(scale.NormalAt(20), 0.5 * scale.At(20));
}

TEST(SymmetricScaleTest, AFrequentValueIsOrdinaryAndLeftOut) {
  std::vector<double> values = Drawn(500, [](Random* r) { return 1000 + 50 * r->Normal(); });
  values.resize(1500, 0);
  const SymmetricScale scale(values);
  ASSERT_TRUE(scale.spread());
  EXPECT_TRUE(scale.is_mode(0));
  EXPECT_EQ(scale.At(0), 0);
  EXPECT_NEAR(scale.At(1100), 2, 0.2);
}

TEST(SymmetricScaleTest, FewOrEqualValuesHaveNoSpread) {
  EXPECT_FALSE(SymmetricScale({1, 2, 3}).spread());
  EXPECT_FALSE(SymmetricScale(std::vector<double>(100, 5)).spread());
  EXPECT_FALSE(SymmetricScale({}).spread());
}

}  // namespace
}  // namespace bottega

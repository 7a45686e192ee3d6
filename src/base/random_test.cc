#include "base/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace bottega {
namespace {

// The known answers that come with Random123 (kat_vectors, philox4x32 with 10 rounds).
TEST(Philox, KnownAnswers) {
  EXPECT_EQ(Philox({0, 0, 0, 0}, {0, 0}),
            (PhiloxBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(Philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
            (PhiloxBlock{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(Philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (PhiloxBlock{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Random, IsAFunctionOfItsKey) {
  Random a(7, Purpose::kAugment, 3, 41), b(7, Purpose::kAugment, 3, 41);
  for (int i = 0; i < 100; ++i) ASSERT_EQ(a.Bits(), b.Bits());
}

TEST(Random, SeedPurposeEpochAndRowEachMakeAnotherStream) {
  std::set<uint64_t> first;
  const auto draw = [](Random random) {
    const uint64_t high = random.Bits();
    return high << 32 | random.Bits();
  };
  first.insert(draw(Random(7, Purpose::kSplit, 1, 2)));
  first.insert(draw(Random(8, Purpose::kSplit, 1, 2)));
  first.insert(draw(Random(7ull << 32, Purpose::kSplit, 1, 2)));
  first.insert(draw(Random(7, Purpose::kShuffle, 1, 2)));
  first.insert(draw(Random(7, Purpose::kSplit, 2, 2)));
  first.insert(draw(Random(7, Purpose::kSplit, 1, 3)));
  first.insert(draw(Random(7, Purpose::kSplit, 1, 2 + (int64_t{1} << 32))));
  EXPECT_EQ(first.size(), 7u);
}

TEST(Random, UniformHasItsMomentsAndBounds) {
  Random random(1, Purpose::kSample);
  double sum = 0, squares = 0;
  constexpr int kDraws = 200'000;
  for (int i = 0; i < kDraws; ++i) {
    const double x = random.Uniform();
    ASSERT_GE(x, 0);
    ASSERT_LT(x, 1);
    sum += x;
    squares += x * x;
  }
  // Five standard errors.
  EXPECT_NEAR(sum / kDraws, 0.5, 5 * std::sqrt(1 / 12.0 / kDraws));
  EXPECT_NEAR(squares / kDraws, 1 / 3.0, 5 * std::sqrt(4 / 45.0 / kDraws));
}

TEST(Random, NormalHasItsMoments) {
  Random random(2, Purpose::kSample);
  double sum = 0, squares = 0;
  constexpr int kDraws = 200'000;
  for (int i = 0; i < kDraws; ++i) {
    const double x = random.Normal();
    ASSERT_TRUE(std::isfinite(x));
    sum += x;
    squares += x * x;
  }
  EXPECT_NEAR(sum / kDraws, 0, 5 / std::sqrt(kDraws));
  EXPECT_NEAR(squares / kDraws, 1, 5 * std::sqrt(2.0 / kDraws));
}

TEST(Random, BelowIsUniform) {
  Random random(3, Purpose::kSample);
  EXPECT_EQ(random.Below(1), 0);
  std::vector<int> seen(7);
  for (int i = 0; i < 70'000; ++i) ++seen[static_cast<size_t>(random.Below(7))];
  double chi2 = 0;
  for (const int n : seen) chi2 += (n - 10'000.0) * (n - 10'000.0) / 10'000.0;
  EXPECT_LT(chi2, 30);  // 6 degrees of freedom: beyond 30 once in 25,000
}

TEST(Permutation, IsOneAndDependsOnSeedAndEpoch) {
  const std::vector<int64_t> order = Permutation(1000, 5, Purpose::kShuffle, 1);
  EXPECT_EQ(std::set<int64_t>(order.begin(), order.end()).size(), 1000u);
  EXPECT_EQ(order, Permutation(1000, 5, Purpose::kShuffle, 1));
  EXPECT_NE(order, Permutation(1000, 5, Purpose::kShuffle, 2));
  EXPECT_NE(order, Permutation(1000, 6, Purpose::kShuffle, 1));
  EXPECT_TRUE(Permutation(0, 5, Purpose::kShuffle).empty());
}

TEST(Permutation, OfThreeIsFair) {
  std::vector<int> seen(27);
  for (int seed = 0; seed < 6000; ++seed) {
    const auto p = Permutation(3, static_cast<uint64_t>(seed), Purpose::kShuffle);
    ++seen[static_cast<size_t>(p[0] * 9 + p[1] * 3 + p[2])];
  }
  double chi2 = 0;
  for (const int n : seen) {
    if (n > 0) chi2 += (n - 1000.0) * (n - 1000.0) / 1000.0;
  }
  EXPECT_LT(chi2, 28);  // 5 degrees of freedom
}

}  // namespace
}  // namespace bottega

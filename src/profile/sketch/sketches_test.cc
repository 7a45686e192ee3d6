#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <string>

#include "base/hash.h"
#include "profile/sketch/distinct_sketch.h"
#include "profile/sketch/heavy_hitters.h"
#include "profile/sketch/quantile_sketch.h"

namespace bottega {
namespace {

// A new seed each run; a failure prints it.
std::mt19937_64 Generator() {
  const uint64_t seed = std::random_device{}();
  testing::Test::RecordProperty("seed", std::to_string(seed));
  return std::mt19937_64(seed);
}

uint64_t HashOf(uint64_t value) {
  return Xxh3({reinterpret_cast<const char*>(&value), sizeof value});
}

TEST(DistinctSketchTest, IsWithinFourStandardErrors) {
  std::mt19937_64 random = Generator();
  for (const int64_t n : {10, 1'000, 30'000, 60'000, 2'000'000}) {
    DistinctSketch one, other;
    const uint64_t offset = random();
    for (int64_t i = 0; i < n; ++i) {
      (i % 2 == 0 ? one : other).Add(HashOf(offset + static_cast<uint64_t>(i)));
      if (i % 3 == 0) one.Add(HashOf(offset + static_cast<uint64_t>(i)));
    }
    one.Merge(other);
    EXPECT_NEAR(one.Estimate(), static_cast<double>(n),
                std::max(1.0, 4 * DistinctSketch::kStandardError * static_cast<double>(n)))
        << "offset " << offset;
  }
}

TEST(HeavyHittersTest, ExactWhereAllValuesFit) {
  HeavyHitters hitters(4);
  for (const char* value : {"a", "b", "a", "c", "a", "b"}) hitters.Add(value);
  hitters.Add("d", 5);
  ASSERT_TRUE(hitters.exact());
  const std::vector<HeavyHitter> values = hitters.Values();
  ASSERT_EQ(values.size(), 4u);
  EXPECT_EQ(values[0].value, "d");
  EXPECT_EQ(values[1].value, "a");
  EXPECT_EQ(values[1].count, 3);
}

TEST(HeavyHittersTest, CountsAreWithinTheBoundOfTheTruth) {
  std::mt19937_64 random = Generator();
  std::geometric_distribution<int> draw(0.01);
  constexpr size_t kCapacity = 100;
  HeavyHitters one(kCapacity), other(kCapacity);
  std::map<std::string, int64_t> truth;
  constexpr int64_t kN = 200'000;
  for (int64_t i = 0; i < kN; ++i) {
    // A few frequent values among many that occur once.
    const std::string value =
        i % 2 == 0 ? "v" + std::to_string(draw(random)) : "once" + std::to_string(i);
    ++truth[value];
    (i % 4 < 2 ? one : other).Add(value);
  }
  one.Merge(other);
  EXPECT_LE(one.error(), kN / static_cast<int64_t>(kCapacity + 1));
  std::map<std::string, int64_t> found;
  for (const HeavyHitter& hitter : one.Values()) found[hitter.value] = hitter.count;
  for (const auto& [value, count] : truth) {
    EXPECT_LE(found[value], count) << value;
    EXPECT_GE(found[value] + one.error(), count) << value;
  }
}

TEST(QuantileSketchTest, RanksAreWithinHalfAPercent) {
  std::mt19937_64 random = Generator();
  std::lognormal_distribution<double> draw(0, 2);
  QuantileSketch one, other;
  std::vector<double> all;
  for (int i = 0; i < 500'000; ++i) {
    all.push_back(draw(random));
    (i < 300'000 ? one : other).Add(all.back());
  }
  one.Merge(other);
  std::ranges::sort(all);
  EXPECT_EQ(one.count(), 500'000);
  EXPECT_EQ(one.min(), all.front());
  EXPECT_EQ(one.max(), all.back());
  // Nineteen answers of one stream: each allowed the bound of the header twice over.
  for (int i = 1; i < 20; ++i) {
    const double share = i / 20.0;
    const auto rank = std::ranges::lower_bound(all, one.Quantile(share)) - all.begin();
    EXPECT_NEAR(static_cast<double>(rank) / 500'000.0, share, 0.01);
  }
}

TEST(QuantileSketchTest, CountsWeighAsRepeatedValues) {
  QuantileSketch sketch;
  sketch.Add(1, 1'000'000);
  sketch.Add(2, 3'000'000);
  sketch.Add(std::nan(""));
  EXPECT_EQ(sketch.count(), 4'000'000);
  EXPECT_EQ(sketch.Quantile(0.2), 1);
  EXPECT_EQ(sketch.Quantile(0.3), 2);
  EXPECT_TRUE(std::isnan(QuantileSketch().Quantile(0.5)));
}

}  // namespace
}  // namespace bottega

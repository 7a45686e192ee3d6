#include "split/deal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/random.h"

namespace bottega {
namespace {

std::vector<DealUnit> Singles(const std::vector<int>& strata) {
  std::vector<DealUnit> units;
  for (size_t i = 0; i < strata.size(); ++i) {
    units.push_back({static_cast<int64_t>(i), {{strata[i], 1}}});
  }
  return units;
}

TEST(DealTest, EveryStratumAndPartComesOutWithinARow) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    Random random(seed, Purpose::kGenerate);
    const int strata = static_cast<int>(1 + random.Below(12));
    std::vector<int> of;
    for (int64_t n = 200 + random.Below(3000); n > 0; --n) {
      of.push_back(static_cast<int>(std::min<int64_t>(random.Below(strata), random.Below(strata))));
    }
    const std::vector<double> shares = {0.7, 0.15, 0.15};
    const std::vector<int32_t> part = Deal(Singles(of), strata, shares, seed);
    std::map<int, double> total;
    std::map<std::pair<int, int>, double> count;
    std::vector<double> size(3);
    for (size_t i = 0; i < of.size(); ++i) {
      ++total[of[i]];
      ++count[{of[i], part[i]}];
      ++size[static_cast<size_t>(part[i])];
    }
    for (int p = 0; p < 3; ++p) {
      const double share = shares[static_cast<size_t>(p)];
      EXPECT_LE(std::abs(size[static_cast<size_t>(p)] - share * static_cast<double>(of.size())), 2);
      for (const auto& [stratum, n] : total) {
        EXPECT_LE(std::abs(count[std::pair(stratum, p)] - share * n), 1.0001);
      }
    }
  }
}

TEST(DealTest, TheOrderOfUnitsHasNoEffect) {
  std::vector<int> of;
  for (int i = 0; i < 500; ++i) of.push_back(i % 7 == 0 ? 1 : 0);
  std::vector<DealUnit> units = Singles(of);
  units.push_back({1000, {{0, 5}, {1, 2}}});
  units.push_back({1001, {{0, 5}, {1, 2}}});
  const std::vector<int32_t> forward = Deal(units, 2, {0.5, 0.5}, 3);
  std::ranges::reverse(units);
  std::vector<int32_t> backward = Deal(units, 2, {0.5, 0.5}, 3);
  std::ranges::reverse(backward);
  EXPECT_EQ(forward, backward);
}

TEST(DealTest, SeedsAndEpochsDealDifferently) {
  const std::vector<DealUnit> units = Singles(std::vector<int>(200, 0));
  const auto a = Deal(units, 1, {0.5, 0.5}, 1);
  EXPECT_EQ(a, Deal(units, 1, {0.5, 0.5}, 1));
  EXPECT_NE(a, Deal(units, 1, {0.5, 0.5}, 2));
  EXPECT_NE(a, Deal(units, 1, {0.5, 0.5}, 1, 1));
}

TEST(DealTest, ARareStratumStandsInEveryPart) {
  std::vector<int> of(1000, 0);
  of[10] = of[500] = of[900] = 1;
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const auto part = Deal(Singles(of), 2, {0.8, 0.1, 0.1}, seed);
    EXPECT_EQ((std::set<int32_t>{part[10], part[500], part[900]}.size()), 3u) << seed;
  }
}

}  // namespace
}  // namespace bottega

#include "learn/search/propose.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "base/files.h"
#include "base/test_folders.h"
#include "learn/search/sobol.h"

namespace bottega {
namespace {

SearchSpace Square() {
  return SearchSpace::FromJson(
      Json::parse(R"({"x": {"low": 0, "high": 1}, "y": {"low": 0, "high": 1}})"));
}

// Branin's function over the unit square; its least value is 0.397887.
double Branin(const UnitPoint& point) {
  const double x = point[0] * 15 - 5, y = point[1] * 15;
  const double a = y - 5.1 / (4 * M_PI * M_PI) * x * x + 5 / M_PI * x - 6;
  return a * a + 10 * (1 - 1 / (8 * M_PI)) * std::cos(x) + 10;
}

double BestOf(const std::string& method, uint64_t seed, int64_t trials) {
  const auto proposer = MakeProposer(method, Square(), seed, 10);
  std::vector<Observation> known;
  double best = std::numeric_limits<double>::infinity();
  for (int64_t t = 0; t < trials; ++t) {
    const UnitPoint point = proposer->Propose(t, known);
    const double loss = Branin(point);
    best = std::min(best, loss);
    known.push_back({.point = point, .loss = loss, .epochs = 1});
  }
  return best;
}

TEST(Sobol, EqualsScipy) {
  const Json reference = ReadJson(TestReference("search.json")).at("sobol");
  ASSERT_EQ(reference.size(), 64u);
  for (size_t i = 0; i < reference.size(); ++i) {
    const UnitPoint point = SobolPoint(static_cast<int64_t>(i), kSobolDimensions, 0);
    for (size_t d = 0; d < point.size(); ++d) {
      EXPECT_NEAR(point[d], reference[i][d].get<double>(), 1e-9) << i << " " << d;
    }
  }
}

TEST(Sobol, AShiftKeepsTheBalanceOfPowersOfTwo) {
  std::vector<int> halves(3, 0);
  for (int64_t i = 0; i < 32; ++i) {
    const UnitPoint point = SobolPoint(i, 3, 11);
    for (size_t d = 0; d < 3; ++d) halves[d] += point[d] < 0.5;
  }
  EXPECT_EQ(halves, (std::vector<int>{16, 16, 16}));
  EXPECT_NE(SobolPoint(0, 3, 11), SobolPoint(0, 3, 12));
}

TEST(Proposer, TpeFindsBetterPointsThanChance) {
  double tpe = 0, chance = 0;
  int better = 0;
  constexpr int kSeeds = 20;
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const double a = BestOf("tpe", seed, 50), b = BestOf("random", seed, 50);
    tpe += a / kSeeds;
    chance += b / kSeeds;
    better += a < b;
  }
  EXPECT_LT(tpe, chance);
  EXPECT_LT(tpe, 0.9);  // of a surface between 0.4 and 308
  EXPECT_GE(better, 14);
}

TEST(Proposer, IsAPureFunctionAndSpreadsRunningTrials) {
  const auto proposer = MakeProposer("tpe", Square(), 3, 4);
  std::vector<Observation> known;
  for (int64_t t = 0; t < 12; ++t) {
    const UnitPoint point = proposer->Propose(t, known);
    known.push_back({.point = point, .loss = Branin(point), .epochs = 1});
  }
  const UnitPoint one = proposer->Propose(12, known);
  EXPECT_EQ(one, MakeProposer("tpe", Square(), 3, 4)->Propose(12, known));
  known.push_back({.point = one, .running = true});
  EXPECT_NE(one, proposer->Propose(13, known));
}

TEST(Proposer, TakesFailedTrialsForTheWorst) {
  const SearchSpace space = SearchSpace::FromJson(Json::parse(R"({"x": {"low": 0, "high": 1}})"));
  const auto proposer = MakeProposer("tpe", space, 1, 4);
  std::vector<Observation> known;
  for (int i = 0; i < 40; ++i) {
    const double u = (i + 0.5) / 40;
    known.push_back({.point = {u}, .loss = u < 0.5 ? std::nan("") : 1.0, .epochs = 1});
  }
  int upper = 0;
  for (int64_t t = 40; t < 60; ++t) upper += proposer->Propose(t, known)[0] > 0.5;
  EXPECT_GE(upper, 17);
}

}  // namespace
}  // namespace bottega

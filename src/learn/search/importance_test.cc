#include "learn/search/importance.h"

#include <gtest/gtest.h>

#include <cmath>

#include "learn/search/sobol.h"

namespace bottega {
namespace {

std::vector<Observation> Trials(int64_t n) {
  std::vector<Observation> trials;
  for (int64_t i = 0; i < n; ++i) {
    const UnitPoint u = SobolPoint(i, 3, 9);
    trials.push_back(
        {.point = u, .loss = 4 * (u[0] - 0.5) * (u[0] - 0.5) + 0.2 * u[1], .epochs = 1});
  }
  return trials;
}

TEST(Importance, RanksSettingsByWhatTheyExplain) {
  const std::vector<Importance> importance = ParameterImportance(Trials(60), 1);
  ASSERT_EQ(importance.size(), 3u);
  EXPECT_GT(importance[0].share, 0.6);
  EXPECT_GT(importance[0].share, importance[1].share);
  EXPECT_LT(importance[2].share, 0.1);
  for (const Importance& one : importance) {
    EXPECT_LE(one.low, one.share);
    EXPECT_GE(one.high, one.share);
    EXPECT_EQ(one.u.size(), one.loss.size());
  }
  // The valley of the first.
  const auto& loss = importance[0].loss;
  EXPECT_LT(loss[loss.size() / 2], loss.front());
  EXPECT_LT(loss[loss.size() / 2], loss.back());
}

TEST(Importance, SaysNothingOfTooFewTrialsAndSurvivesFailedOnes) {
  EXPECT_TRUE(ParameterImportance(Trials(7), 1).empty());
  std::vector<Observation> trials = Trials(20);
  for (size_t i = 0; i < trials.size(); i += 3) trials[i].loss = std::nan("");
  for (const Importance& one : ParameterImportance(trials, 1))
    EXPECT_TRUE(std::isfinite(one.share));
}

}  // namespace
}  // namespace bottega

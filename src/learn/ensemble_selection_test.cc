#include "learn/ensemble_selection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace bottega {
namespace {

Matrix Column(const std::vector<float>& values) {
  Matrix m(static_cast<int64_t>(values.size()), 1);
  m.values = values;
  return m;
}

double Distance(const Matrix& m, float to) {
  double sum = 0;
  for (const float value : m.values) sum += std::abs(value - to);
  return sum;
}

TEST(SelectEnsemble, FindsTheMeanThatIsBest) {
  // A quarter of 0 and three quarters of 4 are 3.
  const Selection s = SelectEnsemble(
      {Column({0, 0}), Column({4, 4}), Column({90, 90})},
      [](const Matrix& m) { return Distance(m, 3); }, 20);
  EXPECT_THAT(s.share, testing::ElementsAre(0.25, 0.75, 0));
  EXPECT_EQ(s.score, 0);
}

TEST(SelectEnsemble, ASingleBestStaysAlone) {
  const Selection s = SelectEnsemble({Column({1, 0}), Column({3, 3}), Column({3, 3})},
                                     [](const Matrix& m) { return Distance(m, 3); });
  EXPECT_THAT(s.share, testing::ElementsAre(0, 1, 0));
}

TEST(SelectEnsemble, WhatIsNoNumberIsNeverBest) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const Selection s = SelectEnsemble({Column({nan, 3}), Column({7, 7})},
                                     [](const Matrix& m) { return Distance(m, 3); });
  EXPECT_THAT(s.share, testing::ElementsAre(0, 1));
}

}  // namespace
}  // namespace bottega

#include "learn/ridge.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "learn/linear_probe.h"

namespace bottega {
namespace {

TEST(RidgeTest, PredictsLinearTargetsOfOtherFolds) {
  Matrix x(300, 3), y(300, 2);
  std::vector<int32_t> fold;
  for (int64_t r = 0; r < 300; ++r) {
    Random random(1, Purpose::kSample, 0, r);
    for (int64_t c = 0; c < 3; ++c) x.row(r)[c] = static_cast<float>(random.Normal());
    y.row(r)[0] = 2 * x.at(r, 0) - x.at(r, 2) + 5;
    y.row(r)[1] = 3;
    fold.push_back(static_cast<int32_t>(r % 4));
  }
  y.row(7)[0] = std::nanf("");
  const Matrix predicted = RidgePredictions(x, y, fold, 4, 1e-6);
  for (int64_t r = 0; r < 300; ++r) {
    EXPECT_NEAR(predicted.at(r, 0), 2 * x.at(r, 0) - x.at(r, 2) + 5, 1e-2);
    EXPECT_NEAR(predicted.at(r, 1), 3, 1e-3);
  }
}

TEST(RidgeTest, ScoresOfClassesAreThoseOfIndicators) {
  Matrix x(60, 2), y(60, 2);
  std::vector<int32_t> fold, label;
  for (int64_t r = 0; r < 60; ++r) {
    Random random(2, Purpose::kSample, 0, r);
    label.push_back(static_cast<int32_t>(r % 2));
    x.row(r)[0] = static_cast<float>(random.Normal() + static_cast<double>(r % 2));
    x.row(r)[1] = static_cast<float>(random.Normal());
    y.row(r)[r % 2] = 1;
    fold.push_back(static_cast<int32_t>(r / 2 % 3));
  }
  EXPECT_EQ(RidgeScores(x, label, 2, fold, 3).values, RidgePredictions(x, y, fold, 3).values);
}

}  // namespace
}  // namespace bottega

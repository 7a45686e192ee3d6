#include "metric/mean_interval.h"

#include <gtest/gtest.h>

#include <cmath>

namespace bottega {
namespace {

TEST(MeanInterval, EqualsScipy) {
  // scipy.stats.t.interval(0.95, 4, loc=mean, scale=sem) of these five.
  const MeanInterval five = MeanWithInterval({0.81, 0.79, 0.83, 0.80, 0.82}, 0.95);
  EXPECT_NEAR(five.mean, 0.81, 1e-12);
  EXPECT_NEAR(five.deviation, 0.015811388300841913, 1e-12);
  EXPECT_NEAR(five.interval.low, 0.7903675683, 1e-9);
  EXPECT_NEAR(five.interval.high, 0.8296324317, 1e-9);
  const MeanInterval two = MeanWithInterval({1, 2}, 0.95);
  EXPECT_NEAR(two.interval.high, 1.5 + 12.706204736432095 / 2, 1e-7);
}

TEST(MeanInterval, OfOneValueHasNoEnds) {
  const MeanInterval one = MeanWithInterval({3}, 0.95);
  EXPECT_EQ(one.mean, 3);
  EXPECT_TRUE(std::isnan(one.interval.low));
  EXPECT_TRUE(std::isnan(MeanWithInterval({}, 0.95).mean));
}

}  // namespace
}  // namespace bottega

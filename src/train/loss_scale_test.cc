#include "train/loss_scale.h"

#include <gtest/gtest.h>

namespace bottega {
namespace {

using Verdict = LossScale::Verdict;

TEST(LossScale, AnOverflowHalvesItAndLeavesTheStepOut) {
  LossScale scale;
  EXPECT_EQ(scale.value(), 65536);
  EXPECT_EQ(scale.Observe(true), Verdict::kStep);
  EXPECT_EQ(scale.Observe(false), Verdict::kSkip);
  EXPECT_EQ(scale.value(), 32768);
  EXPECT_EQ(scale.skipped(), 1);
}

TEST(LossScale, ItDoublesAfterTwoThousandGoodStepsInARow) {
  LossScale scale;
  for (int i = 0; i < 1999; ++i) scale.Observe(true);
  EXPECT_EQ(scale.value(), 65536);
  scale.Observe(false);  // the count begins anew
  for (int i = 0; i < 1999; ++i) scale.Observe(true);
  EXPECT_EQ(scale.value(), 32768);
  scale.Observe(true);
  EXPECT_EQ(scale.value(), 65536);
  for (int i = 0; i < 100 * 2000; ++i) scale.Observe(true);
  EXPECT_EQ(scale.value(), LossScale::kLargest);
}

TEST(LossScale, AtTheSmallestScaleAnOverflowIsNotItsFault) {
  LossScale scale;
  for (int i = 0; i < 16; ++i) EXPECT_EQ(scale.Observe(false), Verdict::kSkip);
  EXPECT_EQ(scale.value(), 1);
  EXPECT_EQ(scale.Observe(false), Verdict::kHopeless);
}

TEST(LossScale, StateContinuesToTheStep) {
  LossScale first;
  first.Observe(false);
  for (int i = 0; i < 1500; ++i) first.Observe(true);
  LossScale second;
  second.LoadState(ParseJson(first.State().dump(), "state"));
  for (int i = 0; i < 500; ++i) {
    first.Observe(true);
    second.Observe(true);
    ASSERT_EQ(first.value(), second.value()) << i;
  }
  EXPECT_EQ(second.value(), 65536);
  EXPECT_EQ(second.State(), first.State());
}

}  // namespace
}  // namespace bottega

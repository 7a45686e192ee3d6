#include "train/early_stopping.h"

#include <gtest/gtest.h>

#include <limits>

#include "base/error.h"

namespace bottega {
namespace {

TEST(EarlyStopping, StopsAfterPatienceEpochsWithoutImprovement) {
  EarlyStopping stopping(ParseMonitoredScore("validation.f1"), 2, 0.0);
  EXPECT_TRUE(stopping.Observe(1, 0.5));
  EXPECT_TRUE(stopping.Observe(2, 0.6));
  EXPECT_FALSE(stopping.Observe(3, 0.6));
  EXPECT_FALSE(stopping.ShouldStop());
  EXPECT_FALSE(stopping.Observe(4, 0.55));
  EXPECT_TRUE(stopping.ShouldStop());
  EXPECT_EQ(stopping.best_epoch(), 2);
  EXPECT_EQ(stopping.best(), 0.6);
}

TEST(EarlyStopping, LowerIsBetterForLossesAndMinDeltaIsAsked) {
  EarlyStopping stopping(ParseMonitoredScore("validation.loss"), 1, 0.1);
  EXPECT_TRUE(stopping.Observe(1, 1.0));
  EXPECT_FALSE(stopping.ShouldStop());
  EXPECT_TRUE(stopping.Observe(2, 0.8));
  EXPECT_FALSE(stopping.Observe(3, 0.75));
  EXPECT_TRUE(stopping.ShouldStop());
}

TEST(EarlyStopping, NegativePatienceNeverStopsAndNanIsNeverBest) {
  EarlyStopping stopping(ParseMonitoredScore("validation.roc_auc"), -1, 0);
  EXPECT_FALSE(stopping.Observe(1, std::numeric_limits<double>::quiet_NaN()));
  EXPECT_TRUE(stopping.Observe(2, 0.5));
  for (int epoch = 3; epoch < 50; ++epoch) EXPECT_FALSE(stopping.Observe(epoch, 0.4));
  EXPECT_FALSE(stopping.ShouldStop());
}

TEST(EarlyStopping, StateSurvivesAText) {
  EarlyStopping first(ParseMonitoredScore("validation.f1"), 1, 0);
  first.Observe(1, 0.1 + 0.2);
  first.Observe(2, 0.1);
  EarlyStopping second(ParseMonitoredScore("validation.f1"), 1, 0);
  second.LoadState(Json::parse(first.State().dump()));
  EXPECT_EQ(second.best(), first.best());
  EXPECT_EQ(second.best_epoch(), 1);
  second.Observe(3, 0.1);
  EXPECT_TRUE(second.ShouldStop());
}

TEST(EarlyStopping, OtherTextsAreRefused) {
  for (const char* text : {"", "f1", "validation.", "test.f1", ".loss"}) {
    EXPECT_THROW(ParseMonitoredScore(text), Error) << text;
  }
}

}  // namespace
}  // namespace bottega

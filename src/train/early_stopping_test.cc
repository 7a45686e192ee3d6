#include "train/early_stopping.h"

#include <gtest/gtest.h>

#include <limits>

#include "base/error.h"

namespace bottega {
namespace {

TEST(EarlyStopping, StopsAfterPatienceEpochsWithoutImprovement) {
  EarlyStopping stopping({ParseMonitoredScore("validation.f1")}, 2, 0.0);
  EXPECT_TRUE(stopping.Observe(1, {0.5}));
  EXPECT_TRUE(stopping.Observe(2, {0.6}));
  EXPECT_FALSE(stopping.Observe(3, {0.6}));
  EXPECT_FALSE(stopping.ShouldStop());
  EXPECT_FALSE(stopping.Observe(4, {0.55}));
  EXPECT_TRUE(stopping.ShouldStop());
  EXPECT_EQ(stopping.best_epoch(), 2);
  EXPECT_EQ(stopping.best(), 0.6);
}

TEST(EarlyStopping, LowerIsBetterForLossesAndMinDeltaIsAsked) {
  EarlyStopping stopping({ParseMonitoredScore("validation.loss")}, 1, 0.1);
  EXPECT_TRUE(stopping.Observe(1, {1.0}));
  EXPECT_FALSE(stopping.ShouldStop());
  EXPECT_TRUE(stopping.Observe(2, {0.8}));
  EXPECT_FALSE(stopping.Observe(3, {0.75}));
  EXPECT_TRUE(stopping.ShouldStop());
}

TEST(EarlyStopping, NegativePatienceNeverStopsAndNanIsNeverBest) {
  EarlyStopping stopping({ParseMonitoredScore("validation.roc_auc")}, -1, 0);
  EXPECT_FALSE(stopping.Observe(1, {std::numeric_limits<double>::quiet_NaN()}));
  EXPECT_TRUE(stopping.Observe(2, {0.5}));
  for (int epoch = 3; epoch < 50; ++epoch) EXPECT_FALSE(stopping.Observe(epoch, {0.4}));
  EXPECT_FALSE(stopping.ShouldStop());
}

TEST(EarlyStopping, StateSurvivesAText) {
  EarlyStopping first({ParseMonitoredScore("validation.f1")}, 1, 0);
  first.Observe(1, {0.1 + 0.2});
  first.Observe(2, {0.1});
  EarlyStopping second({ParseMonitoredScore("validation.f1")}, 1, 0);
  second.LoadState(Json::parse(first.State().dump()));
  EXPECT_EQ(second.best(), first.best());
  EXPECT_EQ(second.best_epoch(), 1);
  second.Observe(3, {0.1});
  EXPECT_TRUE(second.ShouldStop());
}

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

EarlyStopping F1ThenLoss(int64_t patience, double min_delta = 0) {
  return {{ParseMonitoredScore("validation.f1"), ParseMonitoredScore("validation.loss")},
          patience,
          min_delta};
}

TEST(EarlyStopping, SeveralScoresStopWhenNoneImproves) {
  EarlyStopping stopping = F1ThenLoss(2);
  EXPECT_TRUE(stopping.Observe(1, {0.5, 1.0}));
  EXPECT_FALSE(stopping.Observe(2, {0.4, 0.9}));  // the loss improves, the best stays by F1
  EXPECT_FALSE(stopping.Observe(3, {0.4, 0.8}));
  EXPECT_FALSE(stopping.ShouldStop());
  EXPECT_FALSE(stopping.Observe(4, {0.45, 0.8}));
  EXPECT_TRUE(stopping.Observe(5, {0.5, 0.85}));  // as epoch 1 by F1, better by the loss
  EXPECT_TRUE(stopping.ShouldStop());             // yet neither reached more than before
}

TEST(EarlyStopping, TiesAreDecidedByTheNextScore) {
  EarlyStopping stopping = F1ThenLoss(5);
  EXPECT_TRUE(stopping.Observe(1, {0.5, 1.0}));
  EXPECT_FALSE(stopping.Observe(2, {0.5, 1.0}));
  EXPECT_TRUE(stopping.Observe(3, {0.5, 0.9}));
  EXPECT_FALSE(stopping.Observe(4, {0.5, 0.95}));
  EXPECT_TRUE(stopping.Observe(5, {0.6, 2.0}));
  EXPECT_EQ(stopping.best_epoch(), 5);
}

TEST(EarlyStopping, NanOfTheFirstIsNeverBestAndOfTheNextNeverBetter) {
  EarlyStopping stopping = F1ThenLoss(3);
  EXPECT_FALSE(stopping.Observe(1, {kNaN, 0.1}));
  EXPECT_TRUE(stopping.Observe(2, {0.5, kNaN}));
  EXPECT_FALSE(stopping.Observe(3, {0.5, kNaN}));
  EXPECT_TRUE(stopping.Observe(4, {0.5, 3.0}));
  EXPECT_FALSE(stopping.Observe(5, {0.5, kNaN}));
  EXPECT_EQ(stopping.best_epoch(), 4);
  EarlyStopping again = F1ThenLoss(3);
  again.LoadState(Json::parse(stopping.State().dump()));
  EXPECT_FALSE(again.Observe(6, {0.5, 3.0}));
  EXPECT_EQ(again.ShouldStop(), true);  // only epochs 1 and 2 improved on what was reached before
}

TEST(EarlyStopping, TheSectionMakesIt) {
  const Json section = {{"metric", {"validation.f1", "validation.loss", "train.loss"}},
                        {"patience", 4},
                        {"min_delta", 0.01}};
  EXPECT_EQ(MakeEarlyStopping(section, true).scores().size(), 3U);
  const EarlyStopping without = MakeEarlyStopping(section, false);
  ASSERT_EQ(without.scores().size(), 1U);
  EXPECT_EQ(without.scores()[0].path(), "train.loss");
  EXPECT_EQ(MakeEarlyStopping(nullptr, true).scores()[0].path(), "validation.loss");
}

TEST(EarlyStopping, OtherTextsAreRefused) {
  for (const char* text : {"", "f1", "validation.", "test.f1", ".loss"}) {
    EXPECT_THROW(ParseMonitoredScore(text), Error) << text;
  }
}

}  // namespace
}  // namespace bottega

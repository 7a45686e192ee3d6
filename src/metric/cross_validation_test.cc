#include "metric/cross_validation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "metric/metrics.h"
#include "metric/seed_spread.h"

namespace bottega {
namespace {

// `right` of 20 answers are right; half of the rows are of each class and of each sex.
Predictions Answers(int right, const std::string& part, int64_t first_row = 0) {
  Predictions p{.classes = {"no", "yes"}, .positive = 1};
  for (int i = 0; i < 20; ++i) {
    const int label = i % 2;
    p.row.push_back(first_row + i);
    p.part.push_back(part);
    p.fold.push_back(-1);
    p.weight.push_back(1);
    p.label.push_back(label);
    p.predicted.push_back(i < right ? label : 1 - label);
    const float yes = p.predicted.back() == 1 ? 0.8F : 0.3F;
    p.probability.insert(p.probability.end(), {1 - yes, yes});
    p.group["sex"].push_back(i % 4 < 2 ? "f" : "m");
  }
  return p;
}

std::vector<FoldResult> Folds() {
  std::vector<FoldResult> folds;
  for (int k = 0; k < 5; ++k) {
    folds.push_back({.fold = k, .learned = 80, .predictions = Answers(14 + k, kOutOfFold, 20 * k)});
  }
  return folds;
}

TEST(CrossValidation, MeansFoldsAndIntervalByHand) {
  const Json cv = CrossValidationScores(Folds(), 0.95);
  EXPECT_EQ(cv["held_out_to_learned"], 0.25);
  const Json& accuracy = cv["accuracy"];
  EXPECT_NEAR(accuracy["value"].get<double>(), 0.8, 1e-12);
  EXPECT_EQ(accuracy["by_fold"].size(), 5U);
  EXPECT_NEAR(accuracy["by_fold"][0].get<double>(), 0.7, 1e-12);
  const double deviation = std::sqrt(0.025 / 4);
  EXPECT_NEAR(accuracy["deviation"].get<double>(), deviation, 1e-12);
  EXPECT_NEAR(accuracy["high"].get<double>(),
              0.8 + 2.7764451051977987 * deviation * std::sqrt(0.2 + 0.25), 1e-9);
  EXPECT_TRUE(cv.contains("roc_auc"));
}

TEST(CrossValidation, AnIntervalEndsAtWhatTheMetricCanBe) {
  std::vector<FoldResult> folds = Folds();
  folds.resize(2);
  folds[0].predictions = Answers(10, kOutOfFold);
  folds[1].predictions = Answers(20, kOutOfFold);
  const Json cv = CrossValidationScores(folds, 0.95);
  EXPECT_EQ(cv["accuracy"]["low"], 0);
  EXPECT_EQ(cv["accuracy"]["high"], 1);
  EXPECT_EQ(cv["log_loss"]["low"], 0);
  EXPECT_GT(cv["log_loss"]["high"].get<double>(), 1);
}

// Two folds whose Brier scores are so far apart that the interval reaches beyond any score.
TEST(CrossValidation, TheMostABrierScoreCanBeDependsOnTheClasses) {
  std::vector<FoldResult> folds = Folds();
  folds.resize(2);
  folds[0].predictions = Answers(0, kOutOfFold);
  folds[1].predictions = Answers(20, kOutOfFold);
  EXPECT_EQ(CrossValidationScores(folds, 0.95)["brier"]["high"], 1);
  for (FoldResult& fold : folds) {
    Predictions& p = fold.predictions;
    p.classes.push_back("maybe");
    p.positive = -1;
    std::vector<float> wider;
    for (size_t i = 0; i < p.row.size(); ++i) {
      wider.insert(wider.end(), {p.probability[2 * i], p.probability[2 * i + 1], 0});
    }
    p.probability = wider;
  }
  EXPECT_EQ(CrossValidationScores(folds, 0.95)["brier"]["high"], 2);
}

TEST(CrossValidation, BinsOfTheRecipeReachTheScores) {
  const std::vector<FoldResult> folds = Folds();
  const double ece = Metric("ece", folds[4].predictions, 1);
  EXPECT_NEAR(ece, 0.05, 1e-6);
  EXPECT_NEAR(Metric("ece", folds[4].predictions), 0.15, 1e-6);
  EXPECT_EQ(CrossValidationScores(folds, 0.95, 1)["ece"]["by_fold"][4], ece);
}

TEST(CrossValidation, AFoldWhereAScoreIsUndefinedDoesNotCount) {
  std::vector<FoldResult> folds = Folds();
  folds[0].predictions.label.assign(20, 1);
  const Json cv = CrossValidationScores(folds, 0.95);
  EXPECT_TRUE(cv["roc_auc"]["by_fold"][0].is_null());
  EXPECT_TRUE(cv["roc_auc"]["value"].is_number());
}

TEST(CrossValidation, OnlyTheFirstRepeatIsPooled) {
  std::vector<FoldResult> folds = Folds();
  folds.push_back(folds[0]);
  folds.back().repeat = 1;
  const Predictions own = Answers(20, "train");
  const Predictions all = WithOutOfFold(own, folds);
  EXPECT_EQ(all.size(), 20 + 5 * 20);
  EXPECT_EQ(OfPart(all, kOutOfFold).size(), 100);
  EXPECT_NEAR(Metric("accuracy", OfPart(all, kOutOfFold)), 0.8, 1e-12);
  EXPECT_EQ(all.group.at("sex").size(), 120U);
}

TEST(CrossValidation, ClassesThatAFoldDidNotSeeHaveNoProbability) {
  Predictions rows = Answers(20, "train");
  rows.classes = {"maybe", "no", "yes"};
  rows.probability.clear();
  Predictions fold = Answers(20, "test");
  fold.classes = {"yes", "other"};
  const Predictions aligned = AlignedTo(rows, fold);
  EXPECT_EQ(aligned.classes, rows.classes);
  EXPECT_EQ(aligned.probability.size(), 60U);
  EXPECT_EQ(aligned.probability[0], 0);
  EXPECT_EQ(aligned.probability[1], 0);
  EXPECT_EQ(aligned.probability[2], fold.probability[0]);
  EXPECT_EQ(aligned.predicted[0], 2);   // its first class
  EXPECT_EQ(aligned.predicted[1], -1);  // a class that the run does not have
  EXPECT_EQ(aligned.label, rows.label);
}

std::vector<SeedResult> Seeds(const std::vector<int>& right) {
  std::vector<SeedResult> seeds;
  for (const int count : right) {
    Predictions all = Answers(20, "train");
    const Predictions test = Answers(count, "test", 100);
    FoldResult appended{.predictions = test};
    seeds.push_back({.seed = seeds.size() + 1, .predictions = WithOutOfFold(all, {appended})});
  }
  return seeds;
}

TEST(SeedSpread, BinsOfTheRecipeReachTheScores) {
  const Json spread = SeedSpread(Seeds({20}), "ece", std::nullopt, 2, 1);
  EXPECT_NEAR(spread["test"]["ece"]["value"].get<double>(), 0.05, 1e-6);
}

TEST(SeedSpread, MeanDeviationAndExtremes) {
  const Json spread = SeedSpread(Seeds({14, 16, 18}), "accuracy", std::nullopt, 2);
  EXPECT_EQ(spread["seeds"], Json({1, 2, 3}));
  const Json& accuracy = spread["test"]["accuracy"];
  EXPECT_NEAR(accuracy["value"].get<double>(), 0.8, 1e-12);
  EXPECT_NEAR(accuracy["deviation"].get<double>(), 0.1, 1e-12);
  EXPECT_NEAR(accuracy["smallest"].get<double>(), 0.7, 1e-12);
  EXPECT_NEAR(accuracy["largest"].get<double>(), 0.9, 1e-12);
  EXPECT_FALSE(spread["conclusions"][0]["changes_sign"].get<bool>());
}

TEST(SeedSpread, AConclusionThatChangesSignIsFlagged) {
  const Json spread = SeedSpread(Seeds({8, 12, 14}), "accuracy", AgainstRun{"other", 0.65}, 2);
  const Json& guessing = spread["conclusions"][0];
  EXPECT_TRUE(guessing["changes_sign"].get<bool>());
  EXPECT_EQ(guessing["holds"], 2);
  EXPECT_EQ(guessing["of"], 3);
  const Json& other = spread["conclusions"][1];
  EXPECT_EQ(other["says"], "test.accuracy is better than that of run other");
  EXPECT_TRUE(other["changes_sign"].get<bool>());
  EXPECT_EQ(spread["conclusions"][2]["column"], "sex");
}

TEST(SeedSpread, LowerIsBetterWhereItIs) {
  const Json spread = SeedSpread(Seeds({19, 20}), "log_loss", AgainstRun{"other", 9.0}, 2);
  EXPECT_EQ(spread["conclusions"][1]["holds"], 2);
}

TEST(SeedSpread, SmallGroupsAreLeftOut) {
  EXPECT_EQ(SeedSpread(Seeds({14, 16}), "accuracy", std::nullopt, 1000)["conclusions"].size(), 1U);
}

}  // namespace
}  // namespace bottega

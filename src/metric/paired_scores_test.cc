#include "metric/paired_scores.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "base/json.h"
#include "base/test_folders.h"

namespace bottega {
namespace {

Json Reference() { return ReadJson(TestReference("paired_scores.json")); }

Predictions Answers(const std::vector<int>& truth, const std::vector<int>& predicted) {
  Predictions p{.classes = {"no", "yes"}, .positive = 1};
  for (size_t i = 0; i < truth.size(); ++i) {
    p.row.push_back(static_cast<int64_t>(i));
    p.part.emplace_back("test");
    p.fold.push_back(-1);
    p.weight.push_back(1);
    p.label.push_back(truth[i]);
    p.predicted.push_back(predicted[i]);
    const float yes = predicted[i] == 1 ? 0.8F : 0.2F;
    p.probability.insert(p.probability.end(), {1 - yes, yes});
  }
  return p;
}

std::vector<Predictions> TwoModels() {
  const Json paired = Reference()["paired"];
  const auto truth = paired["truth"].get<std::vector<int>>();
  return {Answers(truth, paired["a"].get<std::vector<int>>()),
          Answers(truth, paired["b"].get<std::vector<int>>())};
}

const PairedScore& Of(const std::vector<PairedScore>& scores, const std::string& name) {
  for (const PairedScore& score : scores) {
    if (score.metric == name) return score;
  }
  throw std::out_of_range(name);
}

TEST(PairedScores, McNemarAndHolmAgreeWithScipy) {
  for (const Json& one : Reference()["mcnemar"]) {
    EXPECT_NEAR(McNemarP(one["a"], one["b"]), one["p"].get<double>(), 1e-10) << one.dump();
  }
  for (const Json& one : Reference()["holm"]) {
    const auto adjusted = AdjustByHolm(one["p"].get<std::vector<double>>());
    for (size_t i = 0; i < adjusted.size(); ++i) {
      EXPECT_NEAR(adjusted[i], one["adjusted"][i].get<double>(), 1e-12);
    }
  }
}

TEST(PairedScores, TheBootstrapAgreesWithTheFormulaForAccuracy) {
  const Json paired = Reference()["paired"];
  const auto scores = ScorePaired(PairRows(TwoModels()), {}, {"accuracy"});
  const PairedTest& test = Of(scores, "accuracy").tests.at(0);
  EXPECT_EQ(test.method, "McNemar, exact");
  EXPECT_EQ(test.only_a, paired["only_a"].get<int64_t>());
  EXPECT_EQ(test.only_b, paired["only_b"].get<int64_t>());
  EXPECT_NEAR(test.difference, paired["difference"].get<double>(), 1e-12);
  const double error = paired["standard_error"].get<double>();
  EXPECT_NEAR(test.interval.low, test.difference - 1.96 * error, 0.2 * error);
  EXPECT_NEAR(test.interval.high, test.difference + 1.96 * error, 0.2 * error);
  EXPECT_TRUE(Of(scores, "f1").tests.empty());
  EXPECT_LT(Of(scores, "f1").intervals[0].low, Of(scores, "f1").values[0]);
}

TEST(PairedScores, EqualModelsAreNeverDifferent) {
  const auto models = TwoModels();
  const auto scores =
      ScorePaired(PairRows({models[0], models[0]}), {}, {"accuracy", "f1", "log_loss"});
  for (const char* name : {"accuracy", "f1", "log_loss"}) {
    const PairedTest& test = Of(scores, name).tests.at(0);
    EXPECT_EQ(test.difference, 0);
    EXPECT_EQ(test.p, 1);
    EXPECT_EQ(test.adjusted, 1);
  }
}

// Copies of the same rows are no further evidence: with them as groups the interval stays as wide.
TEST(PairedScores, GroupsAreDrawnAsWholes) {
  const auto once = TwoModels();
  std::vector<Predictions> often = once;
  std::vector<int64_t> group;
  for (Predictions& model : often) {
    const Predictions before = model;
    for (int copy = 1; copy < 4; ++copy) {
      for (size_t i = 0; i < before.row.size(); ++i) {
        model.row.push_back(before.row[i] + copy * 1000);
        for (auto* list : {&model.label, &model.predicted, &model.fold})
          list->push_back((*list)[i]);
        model.weight.push_back(1);
        model.part.push_back("test");
        model.probability.push_back(before.probability[2 * i]);
        model.probability.push_back(before.probability[2 * i + 1]);
      }
    }
  }
  for (const int64_t row : often[0].row) group.push_back(row % 1000);
  const auto width = [](const PairedTest& test) { return test.interval.high - test.interval.low; };
  const PairedTest single = Of(ScorePaired(PairRows(once), {}, {"f1"}), "f1").tests.at(0);
  const PairedTest grouped = Of(ScorePaired(PairRows(often), group, {"f1"}), "f1").tests.at(0);
  const PairedTest alone = Of(ScorePaired(PairRows(often), {}, {"f1"}), "f1").tests.at(0);
  EXPECT_NEAR(width(grouped), width(single), 0.1 * width(single));
  EXPECT_NEAR(width(alone), width(single) / 2, 0.15 * width(single));
}

TEST(PairedRows, OnlyRowsThatAllAnsweredAndAgreeOnAreCompared) {
  auto models = TwoModels();
  models[1] = TakePredictions(models[1], {9, 8, 7, 6, 5, 4});
  models[1].label[0] = 1 - models[1].label[0];
  const PairedRows rows = PairRows(models);
  EXPECT_EQ(rows.own, (std::vector<int64_t>{400, 6}));
  EXPECT_EQ(rows.common, 6);
  EXPECT_EQ(rows.other_target, 1);
  EXPECT_EQ(rows.models[0].row, (std::vector<int64_t>{4, 5, 6, 7, 8}));
  EXPECT_EQ(rows.models[0].row, rows.models[1].row);
}

TEST(PairedRows, ClassesInAnotherOrderAreTheSame) {
  auto models = TwoModels();
  Predictions& other = models[1];
  other.classes = {"yes", "no"};
  other.positive = 0;
  for (size_t i = 0; i < other.row.size(); ++i) {
    other.label[i] = 1 - other.label[i];
    other.predicted[i] = 1 - other.predicted[i];
    std::swap(other.probability[2 * i], other.probability[2 * i + 1]);
  }
  const PairedRows rows = PairRows(models), plain = PairRows(TwoModels());
  EXPECT_EQ(rows.models[1].label, plain.models[1].label);
  EXPECT_EQ(rows.models[1].probability, plain.models[1].probability);
  EXPECT_EQ(rows.models[1].positive, 1);
}

TEST(PairedRows, WhatCannotBePairedIsRefused) {
  auto models = TwoModels();
  models[1].classes = {"no", "maybe"};
  EXPECT_THROW(PairRows(models), Error);
  models = TwoModels();
  models[1].row[1] = 0;
  EXPECT_THROW(PairRows(models), Error);
  EXPECT_THROW(ScorePaired(PairRows(TwoModels()), {}, {"acuracy"}), Error);
}

}  // namespace
}  // namespace bottega

#include "metric/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/json.h"
#include "base/test_folders.h"

namespace bottega {
namespace {

Json Reference() { return ReadJson(TestReference("metrics.json")); }

void FillRows(Predictions* p, size_t n) {
  for (size_t i = 0; i < n; ++i) {
    p->row.push_back(static_cast<int64_t>(i));
    p->part.push_back("test");
    p->fold.push_back(-1);
  }
}

Predictions FromReference(const Json& from) {
  Predictions p{.task = from.contains("classes") ? Task::kClassification : Task::kRegression};
  p.weight = from.at("weight").get<std::vector<double>>();
  if (p.task == Task::kClassification) {
    p.classes = from.at("classes").get<std::vector<std::string>>();
    p.positive = from.at("positive");
    p.label = from.at("truth").get<std::vector<int32_t>>();
    p.predicted = from.at("predicted").get<std::vector<int32_t>>();
    p.probability = from.at("probability").get<std::vector<float>>();
  } else {
    p.value = from.at("truth").get<std::vector<double>>();
    p.predicted_value = from.at("predicted").get<std::vector<double>>();
  }
  FillRows(&p, p.weight.size());
  return p;
}

Predictions Binary(std::vector<int32_t> label, std::vector<float> score) {
  Predictions p{.classes = {"no", "yes"}, .positive = 1, .label = std::move(label)};
  for (const float s : score) {
    p.predicted.push_back(s >= 0.5f);
    p.probability.insert(p.probability.end(), {1 - s, s});
  }
  p.weight.assign(p.label.size(), 1);
  FillRows(&p, p.label.size());
  return p;
}

// Scores are float32: 1e-6. Everything else is exact up to the order of sums.
double ToleranceOf(const std::string& metric) {
  const bool of_scores = metric == "log_loss" || metric == "brier" || metric == "ece";
  return of_scores ? 1e-6 : 1e-12;
}

TEST(MetricsTest, AgreeWithScikitLearn) {
  const Json reference = Reference();
  int compared = 0;
  for (const char* name :
       {"binary", "binary_weighted", "multiclass", "multiclass_weighted", "regression"}) {
    const Predictions p = FromReference(reference.at(name));
    const auto quick = QuickMetrics(p);
    EXPECT_EQ(quick.size(), reference.at(name).at("expected").size());
    for (const auto& [metric, expected] : reference.at(name).at("expected").items()) {
      EXPECT_NEAR(quick.at(metric), expected.get<double>(), ToleranceOf(metric))
          << name << " " << metric;
      EXPECT_EQ(quick.at(metric), Metric(metric, p));
      ++compared;
    }
  }
  EXPECT_EQ(compared, 4 * 11 + 3);
}

TEST(MetricsTest, PerClassAgreesWithScikitLearn) {
  const Json reference = Reference().at("multiclass_weighted");
  const Predictions p = FromReference(reference);
  for (size_t c = 0; c < p.classes.size(); ++c) {
    for (const char* metric : {"precision", "recall", "f1"}) {
      EXPECT_NEAR(Metric("per_class." + p.classes[c] + "." + metric, p),
                  reference.at("per_class").at(metric)[c].get<double>(), 1e-12);
    }
  }
}

TEST(MetricsTest, EveryNameHasOneSpec) {
  EXPECT_EQ(MetricSpecs().size(), MetricKinds().size());
  for (const Spec* spec : MetricSpecs()) {
    EXPECT_EQ(spec->kind, "metric");
    EXPECT_EQ(FindMetric(spec->name)->spec, spec);
  }
  EXPECT_EQ(MetricNames(Task::kRegression), (std::vector<std::string>{"rmse", "mae", "r2"}));
}

TEST(MetricsTest, RocAucTiesAndConstantScores) {
  EXPECT_DOUBLE_EQ(Metric("roc_auc", Binary({0, 1, 0, 1}, {.5, .5, .5, .5})), 0.5);
  EXPECT_DOUBLE_EQ(Metric("roc_auc", Binary({0, 1, 0, 1}, {.1, .9, .2, .8})), 1);
  EXPECT_DOUBLE_EQ(Metric("roc_auc", Binary({0, 1, 1}, {.3, .3, .7})), 0.75);
}

TEST(MetricsTest, OneClassLeavesAucAndRecallUndefined) {
  const auto quick = QuickMetrics(Binary({0, 0, 0}, {.1, .7, .3}));
  EXPECT_TRUE(std::isnan(quick.at("roc_auc")));
  EXPECT_TRUE(std::isnan(quick.at("recall")));
  EXPECT_DOUBLE_EQ(quick.at("precision"), 0);
  EXPECT_DOUBLE_EQ(quick.at("balanced_accuracy"), 2.0 / 3);
}

TEST(MetricsTest, NothingPredictedPositiveHasPrecisionZero) {
  const auto quick = QuickMetrics(Binary({0, 1, 1}, {.1, .2, .3}));
  EXPECT_EQ(quick.at("precision"), 0);
  EXPECT_EQ(quick.at("f1"), 0);
}

TEST(MetricsTest, ZeroWeightsAreUndefinedNotPerfect) {
  Predictions p = Binary({0, 1}, {.1, .9});
  p.weight = {0, 0};
  for (const auto& [name, value] : QuickMetrics(p)) EXPECT_TRUE(std::isnan(value)) << name;
  p.weight = {std::nan(""), 1};
  EXPECT_EQ(Metric("accuracy", p), 1);
}

TEST(MetricsTest, NotANumberNeverLooksGood) {
  Predictions p = Binary({0, 1, 1}, {.1, .9, .8});
  p.probability[5] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_TRUE(std::isnan(Metric("roc_auc", p)));
  EXPECT_TRUE(std::isnan(Metric("log_loss", p)));
  EXPECT_TRUE(std::isnan(Metric("brier", p)));
  EXPECT_TRUE(std::isnan(Metric("ece", p)));
}

TEST(MetricsTest, RowsWithoutTruthAreLeftOut) {
  Predictions p = Binary({0, 1, -1}, {.1, .9, .2});
  EXPECT_EQ(Metric("accuracy", p), 1);
  p = Predictions{.task = Task::kRegression,
                  .weight = {1, 1},
                  .value = {3, std::nan("")},
                  .predicted_value = {4, 9}};
  FillRows(&p, 2);
  EXPECT_EQ(Metric("mae", p), 1);
  EXPECT_TRUE(std::isnan(Metric("r2", p)));
}

TEST(MetricsTest, EmptyPredictionsAreUndefined) {
  for (const auto& [name, value] : QuickMetrics(Binary({}, {}))) {
    EXPECT_TRUE(std::isnan(value)) << name;
  }
}

TEST(MetricsTest, UnknownNamesNameTheNearest) {
  const Predictions p = Binary({0, 1}, {.1, .9});
  try {
    Metric("acuracy", p);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kRecipe);
    EXPECT_EQ(error.message(), "there is no metric 'acuracy' for classification");
    EXPECT_THAT(error.hint(), testing::HasSubstr("accuracy"));
  }
  EXPECT_THROW(Metric("rmse", p), Error);
  EXPECT_THROW(Metric("per_class.maybe.f1", p), Error);
}

TEST(MetricsTest, DirectionOfBetter) {
  EXPECT_TRUE(LargerIsBetter("validation.f1"));
  EXPECT_TRUE(LargerIsBetter("per_class.a.b.recall"));
  EXPECT_FALSE(LargerIsBetter("train.loss"));
  EXPECT_FALSE(LargerIsBetter("rmse"));
  EXPECT_THROW(LargerIsBetter("validation.nonsense"), Error);
}

}  // namespace
}  // namespace bottega

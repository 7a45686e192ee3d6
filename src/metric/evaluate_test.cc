#include "metric/evaluate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "base/random.h"
#include "metric/evaluate_section_spec.h"
#include "metric/metrics.h"

namespace bottega {
namespace {

using testing::Contains;
using testing::HasSubstr;

Json Section() {
  Json section;
  for (const Param& param : EvaluateSection().params) section[param.name] = param.fallback;
  return section;
}

// `skew`: share of class a.
Predictions Made(int64_t n, double skew, const std::vector<std::string>& parts) {
  Predictions p{.classes = {"a", "b"}, .positive = 1};
  for (int64_t i = 0; i < n; ++i) {
    Random random(5, Purpose::kSample, 0, i);
    p.row.push_back(i);
    p.part.push_back(parts[static_cast<size_t>(i) % parts.size()]);
    p.fold.push_back(-1);
    p.weight.push_back(1);
    p.label.push_back(random.Chance(1 - skew));
    const float score = static_cast<float>((random.Uniform() + 0.5 * p.label.back()) / 1.5);
    p.predicted.push_back(score > 0.5f);
    p.probability.insert(p.probability.end(), {1 - score, score});
  }
  return p;
}

TEST(EvaluateTest, PartsMetricsAndIntervals) {
  const Json metrics = EvaluateAll(Made(900, 0.5, {"train", "validation", "test"}), Section());
  EXPECT_EQ(metrics.at("primary"), "accuracy");
  EXPECT_EQ(metrics.at("positive"), "b");
  for (const char* part : {"train", "validation", "test"}) {
    const Json& accuracy = metrics.at(part).at("accuracy");
    EXPECT_LT(accuracy.at("low"), accuracy.at("value"));
    EXPECT_GT(accuracy.at("high"), accuracy.at("value"));
    EXPECT_EQ(metrics.at(part).at("rows"), 300);
    double total = 0;
    for (const Json& row : metrics.at(part).at("confusion")) {
      for (const Json& cell : row) total += cell.get<double>();
    }
    EXPECT_EQ(total, 300);
    EXPECT_GT(metrics.at(part).at("calibration").at("bins").size(), 5u);
    EXPECT_EQ(metrics.at(part).at("warnings").size(), 0u);
  }
}

TEST(EvaluateTest, APartSaysWhereFewerResamplesWereDrawn) {
  Predictions p{.task = Task::kRegression};
  for (int64_t i = 0; i < 200'010; ++i) {
    p.row.push_back(i);
    p.part.push_back(i < 5 ? "test" : "validation");
    p.fold.push_back(-1);
    p.weight.push_back(1);
    p.value.push_back(static_cast<double>(i % 7));
    p.predicted_value.push_back(static_cast<double>(i % 5));
  }
  Json section = Section();
  section["resamples"] = 210;
  const Json metrics = EvaluateAll(p, section);
  EXPECT_EQ(metrics.at("resamples"), 210);
  EXPECT_EQ(metrics.at("validation").at("resamples"), 209);
  EXPECT_FALSE(metrics.at("test").contains("resamples"));
}

TEST(EvaluateTest, BinsOfTheRecipeReachEveryEce) {
  Predictions p = Made(400, 0.5, {"validation"});
  Json section = Section();
  section["bins"] = 3;
  const double ece = EvaluateAll(p, section).at("validation").at("ece").at("value");
  EXPECT_NEAR(Metric("ece", p, 3), ece, 1e-12);
  EXPECT_NEAR(QuickMetrics(p, 3).at("ece"), ece, 1e-12);
  EXPECT_NE(Metric("ece", p), ece);
}

// scipy.stats.binomtest(40, 40).proportion_ci(method="exact"): low 0.91190, and as many rows.
TEST(EvaluateTest, NoMistakeInFewRowsIsNoCertainty) {
  Predictions p = Made(80, 0.5, {"test"});
  for (int64_t i = 0; i < 80; ++i) p.predicted[i] = p.label[i] = i % 2;
  const Json test = EvaluateAll(p, Section()).at("test");
  EXPECT_EQ(test.at("per_class").at("a").at("recall").at("value"), 1);
  EXPECT_NEAR(test.at("per_class").at("a").at("recall").at("low").get<double>(), 0.91190, 1e-5);
  EXPECT_NEAR(test.at("per_class").at("b").at("precision").at("low").get<double>(), 0.91190, 1e-5);
  EXPECT_NEAR(test.at("accuracy").at("low").get<double>(), 0.95493, 1e-5);
  EXPECT_EQ(test.at("accuracy").at("high"), 1);
}

TEST(EvaluateTest, BaselineAnswersTheTrainingMajority) {
  const Json metrics = EvaluateAll(Made(1000, 0.9, {"train", "test"}), Section());
  EXPECT_EQ(metrics.at("primary"), "balanced_accuracy");
  const Json& baseline = metrics.at("test").at("baseline");
  EXPECT_EQ(baseline.at("predicts"), "a");
  EXPECT_NEAR(baseline.at("accuracy").at("value"), 0.9, 0.03);
  EXPECT_EQ(baseline.at("balanced_accuracy").at("value"), 0.5);
  EXPECT_EQ(baseline.at("roc_auc").at("value"), 0.5);
}

TEST(EvaluateTest, BadInputBecomesWarnings) {
  Predictions p = Made(40, 0.5, {"test"});
  p.label.assign(40, 1);
  p.label[0] = -1;
  p.weight[1] = -2;
  p.probability[4] = std::nanf("");
  const Json part = EvaluateAll(p, Section()).at("test");
  const auto warnings = part.at("warnings").get<std::vector<std::string>>();
  EXPECT_THAT(warnings, Contains(HasSubstr("only 39 rows")));
  EXPECT_THAT(warnings, Contains(HasSubstr("1 row without a known target")));
  EXPECT_THAT(warnings, Contains(HasSubstr("1 row with a negative or missing weight")));
  EXPECT_THAT(warnings, Contains(HasSubstr("1 row whose score is not a number")));
  EXPECT_THAT(warnings, Contains(HasSubstr("only one class")));
  EXPECT_TRUE(part.at("roc_auc").at("value").is_null());
}

TEST(EvaluateTest, Regression) {
  Predictions p{.task = Task::kRegression};
  for (int64_t i = 0; i < 200; ++i) {
    p.row.push_back(i);
    p.part.push_back(i % 2 ? "train" : "test");
    p.fold.push_back(-1);
    p.weight.push_back(1);
    p.value.push_back(static_cast<double>(i));
    p.predicted_value.push_back(static_cast<double>(i) + (i % 3 - 1));
  }
  const Json metrics = EvaluateAll(p, Section());
  EXPECT_EQ(metrics.at("primary"), "r2");
  EXPECT_GT(metrics.at("test").at("r2").at("value"), 0.99);
  EXPECT_EQ(metrics.at("test").at("baseline").at("predicts"), "100");
  EXPECT_FALSE(metrics.at("test").contains("confusion"));
}

TEST(EvaluateTest, RefusesNothingAndUnknownPrimary) {
  EXPECT_THROW(EvaluateAll({}, Section()), Error);
  Json section = Section();
  section["primary"] = "rmse";
  EXPECT_THROW(EvaluateAll(Made(10, 0.5, {"test"}), section), Error);
}

}  // namespace
}  // namespace bottega

#include "learn/confident_learning.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/json.h"
#include "base/test_folders.h"

namespace bottega {
namespace {

struct Case {
  std::vector<int32_t> label;
  Matrix probability;
  Json expected;
};

std::vector<Case> Cases() {
  std::vector<Case> cases;
  const Json reference = ReadJson(TestReference("labels.json"));
  for (const Json& json : reference["cases"]) {
    Case c{json["labels"].get<std::vector<int32_t>>(), {}, json};
    const Json& p = json["probabilities"];
    c.probability = Matrix(static_cast<int64_t>(p.size()), static_cast<int64_t>(p[0].size()));
    for (size_t r = 0; r < p.size(); ++r) {
      for (size_t k = 0; k < p[r].size(); ++k) {
        c.probability.row(static_cast<int64_t>(r))[k] = p[r][k].get<float>();
      }
    }
    cases.push_back(std::move(c));
  }
  EXPECT_EQ(cases.size(), 5u);
  return cases;
}

std::vector<int64_t> Flat(const Json& rows) {
  std::vector<int64_t> out;
  for (const Json& row : rows) {
    for (const Json& value : row) out.push_back(value.get<int64_t>());
  }
  return out;
}

TEST(ConfidentLearningTest, JointAgreesWithCleanlab) {
  for (const Case& c : Cases()) {
    const std::vector<float> thresholds = ConfidentThresholds(c.label, c.probability);
    ASSERT_EQ(thresholds.size(), c.expected["thresholds"].size());
    for (size_t k = 0; k < thresholds.size(); ++k) {
      EXPECT_NEAR(thresholds[k], c.expected["thresholds"][k].get<double>(), 1e-6);
    }
    const std::vector<int32_t> confident = ConfidentClasses(c.probability, thresholds);
    EXPECT_EQ(ConfidentJoint(c.label, c.probability, confident, false), Flat(c.expected["joint"]));
    EXPECT_EQ(ConfidentJoint(c.label, c.probability, confident), Flat(c.expected["calibrated"]));
  }
}

TEST(ConfidentLearningTest, IssuesAgreeWithCleanlab) {
  const std::pair<LabelFilter, const char*> filters[] = {
      {LabelFilter::kPruneByClass, "prune_by_class"},
      {LabelFilter::kPruneByNoiseRate, "prune_by_noise_rate"},
      {LabelFilter::kBoth, "both"},
      {LabelFilter::kConfident, "confident_learning"}};
  for (const Case& c : Cases()) {
    for (const auto& [filter, name] : filters) {
      const std::vector<uint8_t> marks = FindLabelIssues(c.label, c.probability, filter);
      std::vector<int64_t> rows;
      for (size_t i = 0; i < marks.size(); ++i) {
        if (marks[i] != 0) rows.push_back(static_cast<int64_t>(i));
      }
      EXPECT_EQ(rows, c.expected["issues"][name].get<std::vector<int64_t>>()) << name;
    }
  }
}

TEST(ConfidentLearningTest, QualityAgreesWithCleanlab) {
  const std::pair<LabelQuality, const char*> qualities[] = {
      {LabelQuality::kSelfConfidence, "self_confidence"},
      {LabelQuality::kNormalizedMargin, "normalized_margin"},
      {LabelQuality::kConfidenceWeightedEntropy, "confidence_weighted_entropy"}};
  for (const Case& c : Cases()) {
    for (const auto& [quality, name] : qualities) {
      const std::vector<float> scores = LabelQualityScores(c.label, c.probability, quality);
      for (size_t i = 0; i < scores.size(); ++i) {
        EXPECT_NEAR(scores[i], c.expected["quality"][name][i].get<double>(), 4e-6) << name << i;
      }
    }
  }
}

TEST(ConfidentLearningTest, RowsWithoutALabelAreNeverIssues) {
  Matrix p(6, 2);
  for (int64_t r = 0; r < 6; ++r) {
    p.row(r)[0] = r < 3 ? 0.9F : 0.1F;
    p.row(r)[1] = 1 - p.row(r)[0];
  }
  const std::vector<int32_t> label = {0, 0, -1, 1, 1, -1};
  for (const LabelFilter filter : {LabelFilter::kPruneByClass, LabelFilter::kConfident}) {
    EXPECT_EQ(FindLabelIssues(label, p, filter), std::vector<uint8_t>(6, 0));
  }
  EXPECT_TRUE(std::isnan(LabelQualityScores(label, p, LabelQuality::kSelfConfidence)[2]));
}

}  // namespace
}  // namespace bottega

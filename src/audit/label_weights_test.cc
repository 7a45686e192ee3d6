#include "audit/label_weights.h"

#include <gtest/gtest.h>

#include <cmath>

#include "audit/result_json.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

// 400 rows, two classes that column a decides; every 20th label is wrong.
Dataset NoisyLabels(std::vector<bool>* wrong) {
  const std::vector<double> a = RandomNumbers(400, 1);
  TextCells label;
  for (size_t i = 0; i < a.size(); ++i) {
    wrong->push_back(i % 20 == 7);
    label.push_back((a[i] > 50'000) != wrong->back() ? "yes" : "no");
  }
  return TestDataset()
      .Number("a", a)
      .Text("label", label, FeatureType::kBinary, Role::kTarget)
      .Make();
}

TEST(LabelWeights, WrongLabelsOfTheGivenRowsCountLess) {
  std::vector<bool> wrong;
  const Dataset data = NoisyLabels(&wrong);
  const AuditResult audit = RunOnly("suspicious_labels", data);
  const TemporaryFolder folder;
  WriteProbabilities(folder.path() / "probabilities.parquet", data, audit);
  std::vector<int64_t> positions;
  for (int64_t i = 0; i < 300; ++i) positions.push_back(i);
  const LabelWeights weights =
      WeighLabels(folder.path() / "probabilities.parquet", data, positions);
  ASSERT_EQ(weights.row.size(), 300u);
  double sound = 0, bad = 0;
  for (size_t i = 0; i < 300; ++i) {
    EXPECT_NEAR(weights.weight[i], 1 - weights.wrong[i], 1e-6);
    (wrong[i] ? bad : sound) += weights.weight[i];
  }
  EXPECT_GT(sound / 285, 0.9);
  // Those near the border between the classes stay in doubt.
  EXPECT_LT(bad / 15, sound / 285 - 0.3);
  EXPECT_NE(LabelWeightsText(weights).find(" of 300 training rows count less than half"),
            std::string::npos);
  WriteLabelWeights(folder.path() / "w.parquet", weights);
  const auto by_row = ReadLabelWeights(folder.path() / "w.parquet");
  EXPECT_EQ(by_row.size(), 300u);
  EXPECT_DOUBLE_EQ(by_row.at(weights.row[7]), weights.weight[7]);
}

TEST(LabelWeights, OtherClassesAreAnError) {
  std::vector<bool> wrong;
  const Dataset data = NoisyLabels(&wrong);
  const TemporaryFolder folder;
  AuditResult audit;
  audit.probabilities.push_back({"suspicious_labels", {"x", "y"}, std::vector<float>(800, 0.5f)});
  WriteProbabilities(folder.path() / "p.parquet", data, audit);
  EXPECT_THROW(WeighLabels(folder.path() / "p.parquet", data, {0, 1}), Error);
}

}  // namespace
}  // namespace bottega

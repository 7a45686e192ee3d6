#include "audit/cost.h"

#include <gmock/gmock.h>

#include <set>

#include "audit/defects.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

constexpr int64_t kRows = 2000;

Json Section(const std::string& yaml = "{}") {
  return ResolveSection(AuditSection(), yaml, {CheckSpecs()});
}

// y says whether x + z is above 1, but for a share of the rows.
Dataset Noisy(double share) {
  std::vector<double> x, z;
  TextCells labels;
  for (int64_t i = 0; i < kRows; ++i) {
    Random random(8, Purpose::kSample, 0, i);
    x.push_back(random.Uniform());
    z.push_back(random.Uniform());
    labels.push_back((x.back() + z.back() > 1) != random.Chance(share) ? "yes" : "no");
  }
  return TestDataset()
      .Number("x", x)
      .Number("z", z)
      .Text("y", labels, FeatureType::kBinary, Role::kTarget)
      .Make();
}

const DefectCost* CostOf(const AuditCost& cost, const std::string& check) {
  for (const DefectCost& defect : cost.defects) {
    if (defect.check == check) return &defect;
  }
  return nullptr;
}

TEST(CostTest, WrongLabelsCostMoreTheMoreThereAre) {
  double before = 0;
  for (const double share : {0.05, 0.25}) {
    const Dataset data = Noisy(share);
    const Json section = Section("checks: [suspicious_labels]");
    const AuditCost cost = MeasureCost(data, section, RunAudit(data, section));
    ASSERT_EQ(cost.reason, "");
    const DefectCost* labels = CostOf(cost, "suspicious_labels");
    ASSERT_NE(labels, nullptr);
    EXPECT_NEAR(labels->rows, share * kRows, 0.4 * share * kRows);
    EXPECT_GT(labels->log_loss.low, before);
    EXPECT_LE(labels->cost.low, labels->cost.value);
    EXPECT_GE(labels->cost.high, labels->cost.value);
    before = labels->log_loss.value;
  }
}

TEST(CostTest, WhatDoesNotMatterCostsNothing) {
  const Dataset data = Noisy(0);
  AuditResult audit;
  for (int64_t row = 0; row < 20; ++row) {
    audit.findings.push_back(
        {.check = "inconsistent_spelling", .place = {.row = row * 90, .column = "x"}});
  }
  const AuditCost cost = MeasureCost(data, Section(), audit);
  ASSERT_EQ(cost.reason, "");
  ASSERT_EQ(cost.defects.size(), 2u);
  EXPECT_EQ(cost.defects[0].cells, 20);
  EXPECT_EQ(cost.scored, kRows - 20);
  EXPECT_LT(std::abs(cost.defects[0].cost.value), 0.005);
  EXPECT_EQ(cost.defects[1].check, "all of them");
}

TEST(CostTest, SaysWhyItCannotBeMeasured) {
  const Dataset none = TestDataset().Number("x", RandomNumbers(200, 1)).Make();
  EXPECT_EQ(MeasureCost(none, Section(), {}).reason, "no column is the target");
  EXPECT_EQ(MeasureCost(Noisy(0), Section(), {}).reason, "no check names rows or cells");
}

TEST(DefectsTest, RowsCellsAndValuesOfFindings) {
  const Dataset data = TestDataset()
                           .Text("a", {"x", "y", "x", "z"})
                           .Text("y", {"0", "1", "0", "1"}, FeatureType::kBinary, Role::kTarget)
                           .Make();
  AuditResult audit;
  audit.findings.push_back(
      {.check = "inconsistent_spelling", .place = {.column = "a"}, .detail = {{"value", "x"}}});
  audit.findings.push_back({.check = "suspicious_labels", .place = {.row = 1, .column = "y"}});
  audit.findings.push_back(
      {.check = "exact_duplicates", .place = {.row = 2}, .detail = {{"rows", {0, 2}}}});
  audit.findings.push_back({.check = "class_balance", .place = {.row = 3}});
  const std::vector<Defect> defects = LocateDefects(data, audit);
  ASSERT_EQ(defects.size(), 3u);
  EXPECT_EQ(defects[0].cells, (std::vector<std::pair<int, int64_t>>{{0, 0}, {0, 2}}));
  EXPECT_EQ(defects[1].rows, (std::vector<int64_t>{1}));
  EXPECT_EQ(defects[2].rows, (std::vector<int64_t>{2}));
}

}  // namespace
}  // namespace bottega

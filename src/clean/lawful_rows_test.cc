#include "clean/lawful_rows.h"

#include <gtest/gtest.h>

#include <string>

#include "base/error.h"
#include "base/files.h"
#include "clean/clean_section_spec.h"
#include "clean/fixes.h"
#include "clean/steps.h"
#include "split/test_dataset.h"

namespace bottega {
namespace {

// Rows 0 and 1 are equal but for consent; 2 withdrew.
Dataset Customers() {
  TextCells consent, left;
  std::vector<double> income;
  for (int i = 0; i < 12; ++i) {
    consent.push_back(i == 0 ? "no" : "yes");
    left.push_back(i == 2 ? std::optional<std::string>("yes") : std::nullopt);
    income.push_back(i < 2 ? 1000 : 2000 + 7 * i);
  }
  return TestDataset()
      .Text("consent", consent, FeatureType::kBinary, Role::kIgnored)
      .Text("left", left, FeatureType::kCategory, Role::kIgnored)
      .Number("income", income)
      .Make();
}

const Json kRecipe = {{"data", {{"people", {{"consent", "consent"}, {"withdrawn", "left"}}}}}};

RepairPlan PlanFor(const Dataset& data) {
  const Json section =
      ResolveSection(CleanSection(), "repairs: [drop_duplicates]", {RepairSpecs(), StepSpecs()});
  const RepairPlan lawful = PlanLawfulUse(data, kRecipe);
  return WithLawfulUse(lawful, PlanRepairs(ApplyRepairs(data, lawful), section));
}

TEST(LawfulRows, LeaveBeforeAnyOtherRepairLooks) {
  const Dataset data = Customers();
  const RepairPlan plan = PlanFor(data);
  ASSERT_EQ(plan.repairs.size(), 2u);  // row 1 is no duplicate of a row that is gone
  EXPECT_EQ(plan.repairs[0].repair, kLawfulUse);
  EXPECT_EQ(plan.repairs[0].rows, std::vector<int64_t>{2});
  EXPECT_EQ(plan.repairs[1].rows, std::vector<int64_t>{0});
  const Dataset repaired = ApplyRepairs(data, plan);
  EXPECT_EQ(repaired.size(), 10);
  EXPECT_EQ(repaired.rows[0], 1);
}

TEST(LawfulRows, StayOutWhateverIsUndone) {
  const Dataset data = Customers();
  RepairPlan plan = PlanFor(data);
  EXPECT_THROW(SetApplied({"0"}, false, &plan), Error);
  for (Repair& repair : plan.repairs) repair.apply = false;
  // A plan that was edited by hand, or made before somebody withdrew.
  plan = WithLawfulUse(PlanLawfulUse(data, kRecipe), plan);
  EXPECT_EQ(ApplyRepairs(data, plan).size(), 10);
}

TEST(LawfulRows, GoToQuarantineWithTheReason) {
  TemporaryFolder folder;
  const Dataset data = Customers();
  EXPECT_EQ(WriteQuarantine(folder.path(), data, PlanFor(data)), 2);
  const std::string rows = ReadFile(folder.path() / "rows.csv");
  EXPECT_NE(rows.find("0,lawful_use,there is no consent ('consent')"), std::string::npos) << rows;
}

TEST(LawfulRows, StopWhereNoneIsLeft) {
  const Dataset data = TestDataset().Text("consent", {"no", "no"}).Make();
  EXPECT_THROW(PlanLawfulUse(data, {{"data", {{"people", {{"consent", "consent"}}}}}}), Error);
}

}  // namespace
}  // namespace bottega

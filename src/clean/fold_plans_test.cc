// The steps of each fold of a cross-validation are fitted on that fold's training rows only.
#include "split/fold_plans.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "clean/clean_section_spec.h"
#include "clean/plan.h"
#include "clean/repairs.h"
#include "clean/steps.h"
#include "split/make_split.h"
#include "split/split_section_spec.h"
#include "split/test_dataset.h"

namespace bottega {
namespace {

// 300 rows; those that `altered` marks have other numbers and words.
Dataset Rows(const std::vector<bool>& altered) {
  std::vector<double> age;
  TextCells job, label;
  for (size_t i = 0; i < 300; ++i) {
    Random random(5, Purpose::kGenerate, 0, static_cast<int64_t>(i));
    const bool other = !altered.empty() && altered[i];
    age.push_back(random.Chance(0.1) ? std::nan("") : 20 + 50 * random.Uniform() + 1e6 * other);
    job.push_back(other ? "new" + std::to_string(i % 3) : "job" + std::to_string(random.Below(4)));
    label.push_back(random.Chance(0.4) ? "yes" : "no");
  }
  return TestDataset()
      .Number("age", age)
      .Text("job", job)
      .Text("y", label, FeatureType::kBinary, Role::kTarget)
      .Make();
}

std::string PlanOf(const Dataset& data, const RowPlan& split, const Json& section) {
  return PlanToJson(FitPlan(data, PositionsOf(data, split, Part::kTrain), section)).dump();
}

TEST(FoldPlans, AlteredRowsThatAFoldDoesNotTrainOnDoNotMoveItsPlan) {
  const Json section = ResolveSection(CleanSection(), "{}", {RepairSpecs(), StepSpecs()});
  const Json split = ResolveSection(SplitSection(), "{folds: 4, repeats: 2}");
  const Dataset data = Rows({});
  const SplitOutcome outcome = MakeSplitOutcome(data, split, nullptr);
  const std::vector<FoldPlan> folds =
      MakeFoldPlans(data, outcome.plan, FoldOptionsOf(data, split, outcome.method));
  ASSERT_EQ(folds.size(), 8U);
  for (const FoldPlan& fold : folds) {
    std::vector<bool> unseen(300, true), seen(300);
    for (const int64_t at : PositionsOf(data, fold.split, Part::kTrain)) {
      unseen[static_cast<size_t>(at)] = false;
      seen[static_cast<size_t>(at)] = true;
    }
    const std::string plan = PlanOf(data, fold.split, section);
    EXPECT_EQ(PlanOf(Rows(unseen), fold.split, section), plan);
    EXPECT_NE(PlanOf(Rows(seen), fold.split, section), plan);
  }
}

}  // namespace
}  // namespace bottega

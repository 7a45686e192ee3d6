#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/review/reviews.h"
#include "clean/clean_section_spec.h"
#include "clean/fixes.h"
#include "clean/repairs.h"
#include "clean/steps.h"
#include "split/test_dataset.h"

namespace bottega {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Json Section() {
  return ResolveSection(CleanSection(), "{repairs: [set_aside]}", {RepairSpecs(), StepSpecs()});
}

Dataset Table() {
  return TestDataset()
      .Number("x", {1, 2, 3, 4, 5})
      .Text("label", {"a", "b", std::nullopt, std::nullopt, "a"}, FeatureType::kCategory,
            Role::kTarget)
      .Make();
}

Ruling Say(Verdict verdict, std::optional<std::string> before, std::optional<std::string> after) {
  return {.verdict = verdict,
          .before = std::move(before),
          .after = std::move(after),
          .by = {"Ada", "Grace"},
          .time = "2026-11-30T10:00:00Z",
          .note = "seen twice"};
}

Reviews Decided() {
  Reviews reviews;
  reviews.rulings[0] = Say(Verdict::kKeep, "a", "a");
  reviews.rulings[1] = Say(Verdict::kLabel, "b", "a");
  reviews.rulings[2] = Say(Verdict::kLabel, std::nullopt, "b");
  reviews.rulings[4] = Say(Verdict::kSetAside, "a", std::nullopt);
  reviews.rulings[99] = Say(Verdict::kLabel, "a", "b");  // no such row
  return reviews;
}

TEST(ReviewedTest, CorrectsLabelsAndSetsRowsAside) {
  const Reviews reviews = Decided();
  const RepairPlan plan = PlanRepairs(Table(), Section(), {.reviews = &reviews});
  const Dataset repaired = ApplyRepairs(Table(), plan);
  // Row 3 has no label still, row 4 does not belong; row 2 has its first.
  EXPECT_THAT(repaired.rows, ElementsAre(0, 1, 2));
  EXPECT_THAT(TextsOf(repaired, 1), ElementsAre("a", "a", "b"));
  ASSERT_GE(plan.repairs.size(), 3u);
  EXPECT_EQ(plan.repairs[0].repair, "reviewed_labels");
  EXPECT_THAT(plan.repairs[0].reason, HasSubstr("Ada and Grace decided so on 2026-11-30"));
  EXPECT_THAT(plan.repairs[0].reason, HasSubstr("seen twice"));
  EXPECT_EQ(plan.reviewed, DigestOfRulings(reviews));
  EXPECT_EQ(RepairsFromJson(RepairsToJson(plan), "x").reviewed, plan.reviewed);
}

TEST(ReviewedTest, OneCanBeTakenBack) {
  const Reviews reviews = Decided();
  RepairPlan plan = PlanRepairs(Table(), Section(), {.reviews = &reviews});
  SetApplied({"reviewed_labels"}, false, &plan);
  EXPECT_THAT(TextsOf(ApplyRepairs(Table(), plan), 1), ElementsAre("a", "b", std::nullopt));
}

TEST(ReviewedTest, DecisionsAboutRepairsOutlastAReview) {
  Reviews reviews = Decided();
  RepairPlan before = PlanRepairs(Table(), Section(), {.reviews = &reviews});
  SetApplied({"reviewed_rows"}, false, &before);
  before.repairs.push_back({.repair = "correct_labels",
                            .rows = {0},
                            .column = "label",
                            .before = "a",
                            .after = "b",
                            .confidence = 0.7,
                            .told = true,
                            .apply = true});
  reviews.rulings.erase(0);
  reviews.rulings.erase(1);
  RepairPlan plan = PlanRepairs(Table(), Section(), {.reviews = &reviews});
  CarryDecisions(before, reviews, &plan);
  const Dataset repaired = ApplyRepairs(Table(), plan);
  EXPECT_THAT(repaired.rows, ElementsAre(0, 1, 2, 4));
  EXPECT_THAT(TextsOf(repaired, 1), ElementsAre("b", "b", "b", "a"));
}

}  // namespace
}  // namespace bottega

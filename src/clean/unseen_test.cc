#include "clean/unseen.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "clean/clean_section_spec.h"
#include "clean/repairs.h"
#include "clean/steps.h"
#include "split/test_dataset.h"

namespace bottega {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Json Section(const std::string& yaml) {
  return ResolveSection(CleanSection(), yaml, {RepairSpecs(), StepSpecs()});
}

// Thirty rows: "red" and "green" have codes, "rare" occurs once; "size" holds two values.
Dataset Training() {
  TextCells color, size;
  for (int i = 0; i < 30; ++i) {
    color.push_back(i == 7 ? "rare" : i % 2 ? "red" : "green");
    size.push_back(i % 3 ? "S" : "L");
  }
  return TestDataset().Text("color", color).Text("size", size).Make();
}

TEST(FindUnseen, NamesColumnsWithTheirNewValuesMostFrequentFirst) {
  const Dataset data = Training();
  const FittedPlan plan = FitPlan(data, data.rows, Section("steps: [encode]"));
  EXPECT_THAT(FindUnseen(plan, data), IsEmpty());
  EXPECT_EQ(PlanToJson(plan).dump().find("rare\""), std::string::npos);  // the value is not named
  const Dataset news = TestDataset()
                           .Text("color", {"blue", "red", "teal", "rare", std::nullopt, "teal"})
                           .Text("size", {"S", "L", "S", "L", "S", "XL"})
                           .Make();
  const std::vector<UnseenValues> unseen = FindUnseen(plan, news);
  ASSERT_EQ(unseen.size(), 2u);
  EXPECT_EQ(unseen[0].column, "color");
  EXPECT_EQ(unseen[0].rows, 3);
  EXPECT_THAT(unseen[0].values, ElementsAre("teal", "blue"));
  EXPECT_EQ(unseen[1].column, "size");
  EXPECT_THAT(unseen[1].values, ElementsAre("XL"));
}

TEST(FindUnseen, SaysNothingWhereThePlanDoesNotKnow) {
  const Dataset data = Training();
  FittedPlan plan = FitPlan(data, data.rows, Section("steps: [encode]"));
  plan.steps[1]["state"]["columns"][0].erase("rare_sha256");
  const Dataset news = TestDataset().Text("color", {"blue"}).Text("size", {"XL"}).Make();
  const std::vector<UnseenValues> unseen = FindUnseen(plan, news);
  ASSERT_EQ(unseen.size(), 1u);
  EXPECT_EQ(unseen[0].column, "size");
}

}  // namespace
}  // namespace bottega

#include "metric/fairness/fairness.h"

#include <gtest/gtest.h>

#include "base/test_folders.h"
#include "metric/fairness/fairness_section_spec.h"

namespace bottega {
namespace {

Json Section(int64_t min_rows) {
  Json section;
  for (const Param& param : FairnessSection().params) section[param.name] = param.fallback;
  section["min_rows"] = min_rows;
  return section;
}

Predictions Reference(const Json& from) {
  Predictions p{.classes = {"no", "yes"}, .positive = 1};
  p.label = from.at("truth").get<std::vector<int32_t>>();
  p.predicted = from.at("predicted").get<std::vector<int32_t>>();
  p.group["g"] = from.at("group").get<std::vector<std::string>>();
  const size_t n = p.label.size();
  p.weight.assign(n, 1);
  p.fold.assign(n, -1);
  p.part.assign(n, "validation");
  for (size_t i = 0; i < n; ++i) p.row.push_back(static_cast<int64_t>(i));
  return p;
}

TEST(FairnessTest, AgreesWithFairlearn) {
  const Json from = ReadJson(TestReference("metrics.json")).at("fairness");
  const Json result = EvaluateFairness(Reference(from), Section(1));
  const Json& column = result.at("validation").at("g");
  for (const auto& [group, scores] : from.at("groups").items()) {
    for (const auto& [name, expected] : scores.items()) {
      EXPECT_NEAR(column.at("groups").at(group).at(name).at("value"), expected.get<double>(), 1e-12)
          << group << " " << name;
    }
  }
  for (const auto& [name, expected] : from.at("gaps").items()) {
    const Json& gap = column.at("gaps").at(name);
    EXPECT_NEAR(gap.at("value"), expected.get<double>(), 1e-12) << name;
    EXPECT_LE(gap.at("low"), gap.at("high"));
    EXPECT_EQ(result.at(name).at("column"), "g");
    EXPECT_EQ(result.at(name).at("value"), gap.at("value"));
  }
}

TEST(FairnessTest, SmallGroupsAreShownAndLeftOutOfGaps) {
  const Json from = ReadJson(TestReference("metrics.json")).at("fairness");
  Predictions p = Reference(from);
  for (size_t i = 0; i < 5; ++i) p.group["g"][i] = i < 3 ? "tiny" : "";
  const Json column = EvaluateFairness(p, Section(30)).at("validation").at("g");
  EXPECT_EQ(column.at("groups").at("tiny").at("rows"), 3);
  EXPECT_EQ(column.at("groups").at("(missing)").at("rows"), 2);
  EXPECT_EQ(column.at("warnings")[0], "fewer than 30 rows, left out of the gaps: (missing), tiny");
  EXPECT_FALSE(column.at("gaps").at("accuracy_gap").at("value").is_null());
}

TEST(FairnessTest, OneLargeGroupHasNoGap) {
  const Json from = ReadJson(TestReference("metrics.json")).at("fairness");
  const Json result = EvaluateFairness(Reference(from), Section(500));
  EXPECT_TRUE(result.at("accuracy_gap").at("value").is_null());
}

TEST(FairnessTest, WithoutSensitiveColumnsThereIsNothingToCompare) {
  const Json from = ReadJson(TestReference("metrics.json")).at("fairness");
  Predictions p = Reference(from);
  p.group.clear();
  const Json result = EvaluateFairness(p, Section(30));
  EXPECT_TRUE(result.at("columns").empty());
  EXPECT_FALSE(result.contains("accuracy_gap"));
}

TEST(FairnessTest, NumbersHaveErrorGaps) {
  Predictions p{.task = Task::kRegression};
  for (int64_t i = 0; i < 100; ++i) {
    p.row.push_back(i);
    p.part.push_back("validation");
    p.fold.push_back(-1);
    p.weight.push_back(1);
    p.value.push_back(static_cast<double>(i));
    p.predicted_value.push_back(static_cast<double>(i) + (i % 2 ? 3 : 1));
    p.group["g"].push_back(i % 2 ? "odd" : "even");
  }
  const Json result = EvaluateFairness(p, Section(30));
  EXPECT_NEAR(result.at("mean_error_gap").at("value"), 2, 1e-12);
  EXPECT_NEAR(result.at("mae_gap").at("value"), 2, 1e-12);
}

}  // namespace
}  // namespace bottega

#include "split/fold_plans.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/error.h"
#include "split/make_split.h"
#include "split/split_section_spec.h"
#include "split/test_dataset.h"

namespace bottega {
namespace {

using TextCells = std::vector<std::optional<std::string>>;

Json Section(const std::string& yaml) { return ResolveSection(SplitSection(), "{" + yaml + "}"); }

// 600 rows, classes of 60, 30 and 10 %, 150 persons.
Dataset People(bool grouped) {
  TextCells people, labels;
  for (int i = 0; i < 600; ++i) {
    people.push_back("p" + std::to_string(i * 7919 % 150));
    labels.push_back(i % 10 < 6 ? "a" : i % 10 < 9 ? "b" : "c");
  }
  TestDataset made;
  if (grouped) made.Text("person", people, FeatureType::kCategory, Role::kGroup);
  return made.Text("y", labels, FeatureType::kCategory, Role::kTarget).Make();
}

struct Made {
  SplitOutcome outcome;
  FoldOptions options;
  std::vector<FoldPlan> plans;
};

Made MakePlans(const Dataset& data, const std::string& yaml) {
  const Json section = Section(yaml);
  Made made{.outcome = MakeSplitOutcome(data, section, nullptr)};
  made.options = FoldOptionsOf(data, section, made.outcome.method);
  made.plans = MakeFoldPlans(data, made.outcome.plan, made.options);
  return made;
}

std::set<int64_t> RowsOf(const RowPlan& plan, std::initializer_list<Part> parts) {
  std::set<int64_t> rows;
  for (size_t i = 0; i < plan.row.size(); ++i) {
    if (std::ranges::count(parts, plan.part[i]) > 0) rows.insert(plan.row[i]);
  }
  return rows;
}

// As scikit-learn's tests of RepeatedStratifiedKFold: every row outside the test part is held out
// once a repeat, folds differ by a row a class, and none is on both sides.
TEST(FoldPlans, EveryRowIsHeldOutOnceARepeatAndStrataAreAlike) {
  const Dataset data = People(false);
  const Made made = MakePlans(data, "folds: 5, repeats: 3");
  ASSERT_EQ(made.plans.size(), 15U);
  const std::set<int64_t> all = RowsOf(made.outcome.plan, {Part::kTrain, Part::kValidation});
  std::set<std::set<int64_t>> different;
  for (int repeat = 0; repeat < 3; ++repeat) {
    std::set<int64_t> held_out;
    std::set<size_t> sizes;
    for (int fold = 0; fold < 5; ++fold) {
      const FoldPlan& plan = made.plans[static_cast<size_t>(repeat * 5 + fold)];
      EXPECT_EQ(plan.repeat, repeat);
      EXPECT_EQ(plan.fold, fold);
      const std::set<int64_t> test = RowsOf(plan.split, {Part::kTest});
      for (const int64_t row : test) EXPECT_TRUE(held_out.insert(row).second);
      EXPECT_EQ(plan.split.row.size(), all.size());
      different.insert(test);
      std::map<int64_t, int64_t> classes;
      for (const int64_t row : test) ++classes[row % 10 < 6 ? 0 : row % 10 < 9 ? 1 : 2];
      EXPECT_NEAR(static_cast<double>(classes[2]), static_cast<double>(all.size()) / 50, 1.01);
      sizes.insert(test.size());
      const double validation =
          static_cast<double>(RowsOf(plan.split, {Part::kValidation}).size()) /
          static_cast<double>(all.size() - test.size());
      EXPECT_NEAR(validation, 0.15 / 0.85, 0.01);
    }
    EXPECT_EQ(held_out, all);
    EXPECT_LE(*sizes.rbegin() - *sizes.begin(), 2U);
  }
  EXPECT_EQ(different.size(), 15U);
}

TEST(FoldPlans, TheFirstRepeatIsTheSplitsOwnFoldColumn) {
  const Dataset data = People(false);
  const Made made = MakePlans(data, "folds: 4");
  for (const FoldPlan& plan : made.plans) {
    for (size_t i = 0; i < plan.split.row.size(); ++i) {
      EXPECT_EQ(plan.split.fold[i] == plan.fold, plan.split.part[i] == Part::kTest);
    }
  }
  const RowPlan& whole = made.outcome.plan;
  for (size_t i = 0; i < whole.row.size(); ++i) {
    EXPECT_EQ(whole.fold[i] < 0, whole.part[i] == Part::kTest);
  }
}

TEST(FoldPlans, GroupsAreNeverParted) {
  const Dataset data = People(true);
  for (const FoldPlan& plan : MakePlans(data, "folds: 5, repeats: 2").plans) {
    std::map<int64_t, std::set<Part>> parts;
    for (size_t i = 0; i < plan.split.row.size(); ++i) {
      parts[plan.split.row[i] * 7919 % 150].insert(plan.split.part[i]);
    }
    for (const auto& [person, seen] : parts) EXPECT_EQ(seen.size(), 1U) << person;
  }
}

// As scikit-learn's TimeSeriesSplit, but that equal times stay together.
TEST(FoldPlans, ByTimeWindowsExpandAndNeverLookAhead) {
  std::vector<std::optional<int64_t>> days;
  TextCells labels;
  for (int64_t i = 0; i < 500; ++i) {
    days.push_back(i * 7919 % 125 * 86'400'000'000);
    labels.push_back(i % 2 == 0 ? "a" : "b");
  }
  const Dataset data = TestDataset()
                           .Dates("when", days, Role::kTime)
                           .Text("y", labels, FeatureType::kBinary, Role::kTarget)
                           .Make();
  const Made made = MakePlans(data, "folds: 5");
  ASSERT_EQ(made.plans.size(), 5U);
  size_t learned = 0;
  for (const FoldPlan& plan : made.plans) {
    int64_t latest[3] = {-1, -1, -1}, earliest[3] = {1L << 60, 1L << 60, 1L << 60};
    for (size_t i = 0; i < plan.split.row.size(); ++i) {
      const auto part = static_cast<size_t>(plan.split.part[i]);
      const int64_t time = *days[static_cast<size_t>(plan.split.row[i])];
      latest[part] = std::max(latest[part], time);
      earliest[part] = std::min(earliest[part], time);
    }
    EXPECT_LT(latest[0], earliest[1]);
    EXPECT_LT(latest[1], earliest[2]);
    const size_t rows = RowsOf(plan.split, {Part::kTrain, Part::kValidation}).size();
    EXPECT_GT(rows, learned);
    learned = rows;
    EXPECT_NEAR(static_cast<double>(RowsOf(plan.split, {Part::kTest}).size()), 425.0 / 6, 5);
  }
  EXPECT_THROW(MakePlans(data, "folds: 5, repeats: 2"), Error);
}

TEST(FoldPlans, NestedFoldsNeverHoldTheOuterFold) {
  const Dataset data = People(true);
  const Made made = MakePlans(data, "folds: 3");
  for (const FoldPlan& outer : made.plans) {
    const std::set<int64_t> held_out = RowsOf(outer.split, {Part::kTest});
    const std::set<int64_t> learned = RowsOf(outer.split, {Part::kTrain, Part::kValidation});
    FoldOptions inner = made.options;
    inner.folds = 4;
    std::set<int64_t> scored;
    for (const FoldPlan& plan : MakeFoldPlans(data, outer.split, inner)) {
      for (const int64_t row : plan.split.row) EXPECT_FALSE(held_out.contains(row));
      for (const int64_t row : RowsOf(plan.split, {Part::kTest})) scored.insert(row);
    }
    EXPECT_EQ(scored, learned);
  }
}

TEST(FoldPlans, RareClassesTrainInEveryFold) {
  TextCells labels;
  for (int i = 0; i < 200; ++i) labels.push_back(i < 2 ? "rare" : i % 2 == 0 ? "a" : "b");
  const Dataset data =
      TestDataset().Text("y", labels, FeatureType::kCategory, Role::kTarget).Make();
  for (const FoldPlan& plan : MakePlans(data, "folds: 5, repeats: 2").plans) {
    const std::set<int64_t> train = RowsOf(plan.split, {Part::kTrain});
    EXPECT_TRUE(train.contains(0) && train.contains(1));
  }
}

TEST(FoldPlans, NumbersAreBalancedOverTheirQuantiles) {
  std::vector<double> values;
  for (int i = 0; i < 300; ++i) values.push_back(i * 7919 % 300);
  const Dataset data = TestDataset().Number("y", values, Role::kTarget).Make();
  for (const FoldPlan& plan : MakePlans(data, "folds: 5").plans) {
    double sum = 0;
    const std::set<int64_t> test = RowsOf(plan.split, {Part::kTest});
    for (const int64_t row : test) sum += values[static_cast<size_t>(row)];
    EXPECT_NEAR(sum / static_cast<double>(test.size()), 149.5, 12);
  }
}

TEST(FoldPlans, TooFewUnitsAreAnError) {
  TextCells labels, people;
  for (int i = 0; i < 40; ++i) {
    labels.push_back(i % 2 == 0 ? "a" : "b");
    people.push_back("p" + std::to_string(i % 8));
  }
  const Dataset data = TestDataset()
                           .Text("person", people, FeatureType::kCategory, Role::kGroup)
                           .Text("y", labels, FeatureType::kBinary, Role::kTarget)
                           .Make();
  EXPECT_THROW(MakePlans(data, "folds: 20"), Error);
}

}  // namespace
}  // namespace bottega

#include "split/make_split.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/files.h"
#include "base/random.h"
#include "split/split_section_spec.h"
#include "split/test_dataset.h"

namespace bottega {
namespace {

using ::testing::HasSubstr;

Json Section(const std::string& yaml = "{}") { return ResolveSection(SplitSection(), yaml); }

TextCells Labels(int n, const std::vector<int>& parts_in_ten) {
  TextCells labels;
  for (int i = 0; i < n; ++i) {
    int k = 0;
    for (int left = i % 10; left >= parts_in_ten[static_cast<size_t>(k)];
         left -= parts_in_ten[static_cast<size_t>(k++)]) {
    }
    labels.push_back("class" + std::to_string(k));
  }
  return labels;
}

Dataset Classes(int n) {
  std::vector<double> x(static_cast<size_t>(n));
  std::iota(x.begin(), x.end(), 0);
  return TestDataset()
      .Number("x", x)
      .Text("y", Labels(n, {6, 3, 1}), FeatureType::kCategory, Role::kTarget)
      .Make();
}

std::map<int64_t, Part> PartOf(const RowPlan& plan) {
  std::map<int64_t, Part> parts;
  for (size_t i = 0; i < plan.row.size(); ++i) parts[plan.row[i]] = plan.part[i];
  return parts;
}

ErrorKind KindThrown(const Dataset& data, const std::string& yaml, std::string* hint = nullptr) {
  try {
    MakeSplit(data, Section(yaml), nullptr);
  } catch (const Error& error) {
    if (hint != nullptr) *hint = error.hint();
    return error.kind();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorKind::kInternal;
}

TEST(MakeSplitTest, StratifiedSharesAreExact) {
  const Dataset data = Classes(1000);
  const SplitOutcome outcome = MakeSplitOutcome(data, Section(), nullptr);
  EXPECT_EQ(outcome.method, "stratified");
  const Json summary = SplitSummary(data, outcome);
  EXPECT_EQ(summary["parts"]["train"]["rows"], 700);
  EXPECT_EQ(summary["parts"]["validation"]["classes"]["class1"], 45);
  EXPECT_EQ(summary["parts"]["test"]["classes"]["class2"], 15);
  EXPECT_TRUE(outcome.left_out.empty());
}

TEST(MakeSplitTest, TheOrderOfRowsHasNoEffect) {
  const Dataset data = Classes(300);
  std::vector<int64_t> order = Permutation(300, 1, Purpose::kShuffle);
  const Dataset shuffled = TakeRows(data, order);
  EXPECT_EQ(PartOf(MakeSplit(data, Section(), nullptr)),
            PartOf(MakeSplit(shuffled, Section(), nullptr)));
  EXPECT_NE(PartOf(MakeSplit(data, Section(), nullptr)),
            PartOf(MakeSplit(data, Section("seed: 8"), nullptr)));
}

TEST(MakeSplitTest, RegressionIsBalancedOverQuantiles) {
  std::vector<double> y;
  Random random(1, Purpose::kGenerate);
  for (int i = 0; i < 2000; ++i) y.push_back(std::exp(random.Normal()));
  const Dataset data = TestDataset().Number("y", y, Role::kTarget).Make();
  const Json summary = SplitSummary(data, MakeSplitOutcome(data, Section(), nullptr));
  const double train = summary["parts"]["train"]["target"]["mean"];
  const double test = summary["parts"]["test"]["target"]["mean"];
  EXPECT_NEAR(train, test, 0.12);
  EXPECT_EQ(summary["parts"]["test"]["rows"], 300);
}

TEST(MakeSplitTest, GroupsAndDuplicatesAreNeverParted) {
  TextCells people;
  for (int i = 0; i < 600; ++i) people.push_back("p" + std::to_string(i * 7919 % 150));
  const Dataset data = TestDataset()
                           .Text("person", people, FeatureType::kCategory, Role::kGroup)
                           .Text("y", Labels(600, {6, 3, 1}), FeatureType::kCategory, Role::kTarget)
                           .Make();
  Duplicates duplicates;
  for (int64_t i = 0; i < 600; ++i) duplicates.group.push_back(i % 100 == 99 ? i - 50 : i);
  const SplitOutcome outcome = MakeSplitOutcome(data, Section("folds: 4"), &duplicates);
  EXPECT_EQ(outcome.method, "grouped");
  const RowPlan& plan = outcome.plan;
  std::map<std::string, std::set<Part>> parts;
  std::map<std::string, std::set<int32_t>> folds;
  for (size_t i = 0; i < 600; ++i) {
    parts[*people[i]].insert(plan.part[i]);
    folds[*people[i]].insert(plan.fold[i]);
    EXPECT_EQ(plan.fold[i] < 0, plan.part[i] == Part::kTest);
    EXPECT_EQ(plan.part[i], plan.part[static_cast<size_t>(duplicates.group[i])]);
    EXPECT_GE(plan.group[i], 0);
  }
  for (const auto& [person, seen] : parts) EXPECT_EQ(seen.size(), 1u) << person;
  for (const auto& [person, seen] : folds) EXPECT_EQ(seen.size(), 1u) << person;
  const Json summary = SplitSummary(data, outcome);
  EXPECT_NEAR(summary["parts"]["train"]["fraction"], 0.7, 0.02);
  EXPECT_EQ(summary["folds"].size(), 4u);
}

TEST(MakeSplitTest, DuplicatesMayBePartedWhenAskedTo) {
  const Dataset data = Classes(200);
  Duplicates duplicates;
  for (int64_t i = 0; i < 200; ++i) duplicates.group.push_back(i - i % 2);
  const RowPlan plan = MakeSplit(data, Section("keep_duplicates_together: false"), &duplicates);
  int parted = 0;
  for (size_t i = 0; i < 200; i += 2) parted += plan.part[i] != plan.part[i + 1];
  EXPECT_GT(parted, 10);
  EXPECT_EQ(plan.group[0], -1);
}

TEST(MakeSplitTest, ByTimeTheFutureIsNeverTrainedOn) {
  std::vector<std::optional<int64_t>> days;
  for (int64_t i = 0; i < 500; ++i) days.push_back(i * 7919 % 125 * 86'400'000'000);
  days[3] = std::nullopt;
  const Dataset data = TestDataset()
                           .Dates("when", days, Role::kTime)
                           .Text("y", Labels(500, {6, 3, 1}), FeatureType::kCategory, Role::kTarget)
                           .Make();
  const SplitOutcome outcome = MakeSplitOutcome(data, Section("folds: 5"), nullptr);
  EXPECT_EQ(outcome.method, "time");
  ASSERT_EQ(outcome.left_out.size(), 1u);
  EXPECT_EQ(outcome.left_out[0].row, 3);
  int64_t latest[3] = {-1, -1, -1}, earliest[3] = {1L << 60, 1L << 60, 1L << 60};
  for (size_t i = 0; i < outcome.plan.row.size(); ++i) {
    const auto p = static_cast<size_t>(outcome.plan.part[i]);
    const int64_t time = *days[static_cast<size_t>(outcome.plan.row[i])];
    latest[p] = std::max(latest[p], time);
    earliest[p] = std::min(earliest[p], time);
  }
  EXPECT_LT(latest[0], earliest[1]);
  EXPECT_LT(latest[1], earliest[2]);
  EXPECT_NEAR(SplitSummary(data, outcome)["parts"]["train"]["fraction"], 0.7, 0.01);
}

TEST(MakeSplitTest, GivenPartsAreKeptAndLeaksLeftOut) {
  TextCells parts;
  for (int i = 0; i < 200; ++i) parts.push_back(i < 150 ? "Training" : "test");
  const Dataset data = TestDataset()
                           .Text("part", parts, FeatureType::kCategory, Role::kPart)
                           .Text("y", Labels(200, {6, 3, 1}), FeatureType::kCategory, Role::kTarget)
                           .Make();
  Duplicates duplicates;
  for (int64_t i = 0; i < 200; ++i) duplicates.group.push_back(i == 180 ? 20 : i);
  const SplitOutcome outcome = MakeSplitOutcome(data, Section(), &duplicates);
  const std::map<int64_t, Part> part = PartOf(outcome.plan);
  int64_t validation = 0;
  for (const auto& [row, p] : part) {
    EXPECT_EQ(p == Part::kTest, row >= 150);
    validation += p == Part::kValidation;
  }
  ASSERT_EQ(outcome.left_out.size(), 1u);
  EXPECT_EQ(outcome.left_out[0].row, 20);
  EXPECT_NEAR(static_cast<double>(validation), 149 * 0.15 / 0.85, 1.5);
}

TEST(MakeSplitTest, RowsWithoutTargetAreLeftOut) {
  TextCells labels = Labels(100, {6, 3, 1});
  labels[5] = labels[6] = std::nullopt;
  const Dataset data =
      TestDataset().Text("y", labels, FeatureType::kCategory, Role::kTarget).Make();
  const SplitOutcome outcome = MakeSplitOutcome(data, Section(), nullptr);
  const Json left_out = SplitSummary(data, outcome)["left_out"];
  ASSERT_EQ(left_out.size(), 1u);
  EXPECT_EQ(left_out[0]["rows"], 2);
  EXPECT_EQ(left_out[0]["examples"], (std::vector<int64_t>{5, 6}));
  EXPECT_EQ(outcome.plan.size(), 98);
}

TEST(MakeSplitTest, RareClassesTrainStopOrAreLeftOut) {
  TextCells labels = Labels(100, {6, 4});
  labels[0] = labels[1] = "rare";
  labels[2] = "alone";
  const Dataset data =
      TestDataset().Text("y", labels, FeatureType::kCategory, Role::kTarget).Make();
  const SplitOutcome outcome = MakeSplitOutcome(data, Section("folds: 3"), nullptr);
  const auto part = PartOf(outcome.plan);
  for (const int64_t row : {0, 1, 2}) {
    EXPECT_EQ(part.at(row), Part::kTrain);
    EXPECT_EQ(outcome.plan.fold[static_cast<size_t>(row)], -1);
  }
  EXPECT_THAT(outcome.notes,
              testing::ElementsAre("2 classes have fewer rows that may be parted than the 3 parts: "
                                   "'alone' (1), 'rare' (2). These rows train; no score tells how "
                                   "well such rows are recognized."));
  std::string hint;
  EXPECT_EQ(KindThrown(data, "rare_classes: error", &hint), ErrorKind::kData);
  EXPECT_THAT(hint, HasSubstr("--set split.rare_classes=train"));
  EXPECT_EQ(MakeSplit(data, Section("rare_classes: leave_out"), nullptr).size(), 97);
}

TEST(MakeSplitTest, RareClassesStopWhereOtherwiseOneClassWouldBeScored) {
  TextCells labels(100, "usual");
  labels[0] = labels[1] = "rare";
  const Dataset data = TestDataset().Text("y", labels, FeatureType::kBinary, Role::kTarget).Make();
  EXPECT_EQ(KindThrown(data, "{}"), ErrorKind::kData);
  EXPECT_EQ(MakeSplit(data, Section("rare_classes: train"), nullptr).size(), 100);
}

TEST(MakeSplitTest, MistakesAreErrors) {
  const Dataset data = Classes(100);
  EXPECT_EQ(KindThrown(data, "{train: 0.7, validation: 0.2, test: 0.2}"), ErrorKind::kRecipe);
  EXPECT_EQ(KindThrown(data, "{train: 0, validation: 0.5, test: 0.5}"), ErrorKind::kRecipe);
  EXPECT_EQ(KindThrown(data, "method: grouped"), ErrorKind::kRecipe);
  EXPECT_EQ(KindThrown(data, "method: time"), ErrorKind::kRecipe);
  EXPECT_EQ(KindThrown(data, "group: nobody"), ErrorKind::kRecipe);
  EXPECT_EQ(KindThrown(TakeRows(data, {0, 1}), "method: random"), ErrorKind::kData);
}

TEST(MakeSplitTest, TwoPartsAreEnough) {
  const RowPlan plan =
      MakeSplit(Classes(100), Section("{train: 0.8, validation: 0.2, test: 0}"), nullptr);
  EXPECT_EQ(std::ranges::count(plan.part, Part::kValidation), 20);
  EXPECT_EQ(std::ranges::count(plan.part, Part::kTest), 0);
}

TEST(RowPlanTest, SurvivesTheFile) {
  const TemporaryFolder folder;
  const RowPlan plan{
      {4, 7, 9}, {Part::kTest, Part::kTrain, Part::kValidation}, {-1, 0, 3}, {4, -1, 4}};
  WriteRowPlan(folder.path() / "split.parquet", plan);
  const RowPlan back = ReadRowPlan(folder.path() / "split.parquet");
  EXPECT_EQ(back.row, plan.row);
  EXPECT_EQ(back.part, plan.part);
  EXPECT_EQ(back.fold, plan.fold);
  EXPECT_EQ(back.group, plan.group);
}

TEST(RowPlanTest, PositionsAreInTheOrderOfTheData) {
  Dataset data = Classes(4);
  data.rows = {3, 5, 8, 9};
  RowPlan plan{{9, 3, 5}, {Part::kTrain, Part::kTrain, Part::kTest}, {-1, -1, -1}, {-1, -1, -1}};
  EXPECT_EQ(PositionsOf(data, plan, Part::kTrain), (std::vector<int64_t>{0, 3}));
  EXPECT_TRUE(PositionsOf(data, plan, Part::kValidation).empty());
  plan.row[2] = 6;
  EXPECT_THROW(PositionsOf(data, plan, Part::kTest), Error);
}

TEST(RowPlanTest, AnotherFileIsAnError) {
  const TemporaryFolder folder;
  WriteFileAtomic(folder.path() / "split.parquet", "PAR1 no PAR1");
  EXPECT_THROW(ReadRowPlan(folder.path() / "split.parquet"), Error);
  EXPECT_THROW(ReadRowPlan(folder.path() / "absent.parquet"), Error);
}

}  // namespace
}  // namespace bottega

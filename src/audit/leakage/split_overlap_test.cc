#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

constexpr int64_t kRows = 120;

// Row 100 equals row 10, row 110 nearly equals row 20; the first 80 rows are for training.
TestDataset People(bool copied) {
  std::vector<double> income = RandomNumbers(kRows, 1), age = RandomNumbers(kRows, 2);
  std::vector<double> height = RandomNumbers(kRows, 3), debt = RandomNumbers(kRows, 4);
  TextCells city = RandomTexts(kRows, 5, {"Rome", "Bari", "Como"});
  for (const auto& [from, to] : {std::pair<size_t, size_t>{10, 100}, {20, 110}}) {
    if (!copied) continue;
    for (std::vector<double>* column : {&income, &age, &height, &debt})
      (*column)[to] = (*column)[from];
    city[to] = city[from];
  }
  if (copied) income[110] += 1;
  return TestDataset()
      .Number("income", income)
      .Number("age", age)
      .Number("height", height)
      .Number("debt", debt)
      .Text("city", city);
}

RowPlan Plan(const Dataset& data) {
  RowPlan plan{.row = data.rows};
  for (const int64_t row : data.rows) plan.part.push_back(row < 80 ? Part::kTrain : Part::kTest);
  plan.fold.assign(data.rows.size(), -1);
  plan.group.assign(data.rows.size(), -1);
  return plan;
}

TEST(SplitOverlapTest, EqualRowsAreAnErrorAndNearOnesAWarning) {
  const Dataset data = People(true).Make();
  const RowPlan plan = Plan(data);
  const std::vector<Finding> found = FindingsOf("split_overlap", data, "{}", &plan);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].severity, Severity::kError);
  EXPECT_EQ(found[0].place.row, 100);
  EXPECT_EQ(found[0].message, "row 10 (train) and row 100 (test) are the same");
  EXPECT_EQ(found[0].detail["parts"]["test"], (std::vector<int64_t>{100}));
  EXPECT_THAT(found[0].fix, HasSubstr("`bottega split`"));
  EXPECT_EQ(found[1].severity, Severity::kWarning);
  EXPECT_EQ(found[1].message, "row 20 (train) and row 110 (test) are nearly the same");
  EXPECT_EQ(found[1].place.row, 110);
}

TEST(SplitOverlapTest, PartsOfTheSource) {
  TextCells part(kRows, "train");
  std::fill(part.begin() + 80, part.end(), "test");
  const Dataset data = People(true).Text("part", part, FeatureType::kCategory, Role::kPart).Make();
  const std::vector<Finding> found = FindingsOf("split_overlap", data);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].severity, Severity::kError);
  EXPECT_EQ(found[0].detail["parts"]["train"], (std::vector<int64_t>{10}));
  EXPECT_THAT(found[0].fix, HasSubstr("data.roles: {part: ignored}"));
}

TEST(SplitOverlapTest, TextsOfRowsThatDifferElsewhere) {
  TextCells texts, part(kRows, "train");
  for (int64_t i = 0; i < kRows; ++i) {
    std::string text;
    for (int64_t w = 0; w < 12; ++w) {
      text += "w" + std::to_string(Random(3, Purpose::kSample, w, i).Below(400)) + " ";
    }
    texts.push_back(text);
  }
  std::fill(part.begin() + 80, part.end(), "test");
  texts[100] = *texts[10] + "indeed";
  const Dataset data = People(false)
                           .Text("story", texts, FeatureType::kText)
                           .Text("part", part, FeatureType::kCategory, Role::kPart)
                           .Make();
  const std::vector<Finding> found = FindingsOf("split_overlap", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].message, "row 100 (test) and row 10 (train) hold nearly the same 'story'");
  EXPECT_EQ(found[0].severity, Severity::kWarning);
}

TEST(SplitOverlapTest, NothingWherePartsAreApart) {
  const Dataset data = People(false).Make();
  const RowPlan plan = Plan(data);
  EXPECT_TRUE(FindingsOf("split_overlap", data, "{}", &plan).empty());
  EXPECT_THAT(SkipReason("split_overlap", data), HasSubstr("there is no split yet"));
}

TEST(SplitOverlapTest, CopiesOnOneSideAreNoLeak) {
  const Dataset data = People(true).Make();
  RowPlan plan = Plan(data);
  plan.part[100] = plan.part[110] = Part::kTrain;
  EXPECT_TRUE(FindingsOf("split_overlap", data, "{}", &plan).empty());
}

}  // namespace
}  // namespace bottega

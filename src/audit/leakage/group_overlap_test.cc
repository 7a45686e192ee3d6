#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

constexpr int64_t kRows = 600;

TextCells Members() {
  TextCells out;
  for (int64_t i = 0; i < kRows; ++i) out.push_back("M-" + std::to_string(1000 + i % 150));
  return out;
}

// Rows of a member have its answer.
TextCells Answers() {
  TextCells out;
  for (int64_t i = 0; i < kRows; ++i) {
    out.push_back(Random(3, Purpose::kSample, 1, i % 150).Chance(0.5) ? "yes" : "no");
  }
  return out;
}

TestDataset Table(Role role, bool parts) {
  TestDataset table;
  table.Text("member", Members(), FeatureType::kCategory, role)
      .Text("job", RandomTexts(kRows, 2, {"cook", "clerk"}))
      .Text("y", Answers(), FeatureType::kBinary, Role::kTarget);
  if (!parts) return table;
  TextCells part;
  for (int64_t i = 0; i < kRows; ++i) part.push_back(i < 450 ? "train" : "test");
  return table.Text("part", part, FeatureType::kCategory, Role::kPart);
}

TEST(GroupOverlapTest, TheDeclaredGroupInSeveralParts) {
  const std::vector<Finding> found = FindingsOf("group_overlap", Table(Role::kGroup, true).Make());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kError);
  EXPECT_EQ(found[0].place.column, "member");
  EXPECT_THAT(
      found[0].message,
      HasSubstr("150 of 150 values of 'member' are in more than one part: 150 rows outside"));
  EXPECT_THAT(found[0].fix, HasSubstr("split.method: grouped"));
}

TEST(GroupOverlapTest, AnUndeclaredOneWhoseRowsAgree) {
  std::vector<Finding> found = FindingsOf("group_overlap", Table(Role::kFeature, true).Make());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kError);
  EXPECT_THAT(found[0].fix, HasSubstr("data.roles: {member: group}"));
  found = FindingsOf("group_overlap", Table(Role::kFeature, false).Make());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_THAT(found[0].message, HasSubstr("600 rows share their 'member' with another"));
}

TEST(GroupOverlapTest, TheRunsOwnSplit) {
  const Dataset data = Table(Role::kGroup, false).Make();
  RowPlan plan;
  for (const int64_t row : data.rows) {
    plan.row.push_back(row);
    plan.part.push_back(row % 150 < 100 ? Part::kTrain : Part::kTest);
  }
  EXPECT_TRUE(FindingsOf("group_overlap", data, "{}", &plan).empty());
  plan.part[0] = Part::kTest;
  EXPECT_EQ(FindingsOf("group_overlap", data, "{}", &plan).size(), 1u);
}

TEST(GroupOverlapTest, PersonsByNameAndBirth) {
  std::vector<std::string> first;
  TextCells given, family;
  for (int64_t i = 0; i < kRows; ++i) {
    given.push_back("G" + std::string(1, static_cast<char>('a' + i % 200 % 20)));
    family.push_back("F" + std::string(1, static_cast<char>('a' + i % 200 / 10)));
  }
  const Dataset data = TestDataset().Text("first_name", given).Text("last_name", family).Make();
  const std::vector<Finding> found = FindingsOf("group_overlap", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].message, HasSubstr("'first_name + last_name'"));
  EXPECT_EQ(found[0].severity, Severity::kInfo);
}

TEST(GroupOverlapTest, NothingThatNamesGroups) {
  const Dataset data = TestDataset()
                           .Number("x", RandomNumbers(kRows, 1))
                           .Text("zip_code", RandomTexts(kRows, 3, {"00100", "20121", "70100"}))
                           .Make();
  EXPECT_EQ(SkipReason("group_overlap", data), "no column names what rows belong to");
}

}  // namespace
}  // namespace bottega

#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

constexpr int64_t kRows = 60;

std::vector<double> Counting(double first) {
  std::vector<double> x(kRows);
  std::iota(x.begin(), x.end(), first);
  return x;
}

TextCells Names() {
  TextCells names;
  for (int64_t i = 0; i < kRows; ++i) names.push_back("L-" + std::to_string(100'000 + 7 * i));
  return names;
}

TEST(IdentifierColumnTest, CountersAndKeysThatAreLearnedFrom) {
  const Dataset data = TestDataset().Number("number", Counting(1000)).Text("key", Names()).Make();
  const std::vector<Finding> found = FindingsOf("identifier_column", data);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].place.column, "number");
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_THAT(found[0].message, HasSubstr("counts the rows"));
  EXPECT_THAT(found[0].fix, HasSubstr("data.roles: {number: ignored}"));
  EXPECT_EQ(found[0].detail["counter"], true);
  EXPECT_EQ(found[1].place.column, "key");
  EXPECT_EQ(found[1].severity, Severity::kWarning);
  EXPECT_THAT(found[1].message, HasSubstr("60 different values in 60 rows"));
}

TEST(IdentifierColumnTest, WhatIsTypedAsOneIsAnInfo) {
  const Dataset data =
      TestDataset().Text("key", Names(), FeatureType::kIdentifier, Role::kIgnored).Make();
  const std::vector<Finding> found = FindingsOf("identifier_column", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_THAT(found[0].fix, HasSubstr("data.types: {key: category}"));
}

TEST(IdentifierColumnTest, MeasurementsTextsAndTargetsAreNone) {
  std::vector<double> measured = Counting(0);
  for (double& x : measured) x = x * x;
  TextCells sentences;
  for (int64_t i = 0; i < kRows; ++i) sentences.push_back("story " + std::to_string(i));
  std::vector<double> repeated = Counting(5);
  repeated[3] = repeated[4];
  const Dataset data = TestDataset()
                           .Number("measured", measured)
                           .Number("repeated", repeated)
                           .Text("story", sentences, FeatureType::kText)
                           .Text("city", RandomTexts(kRows, 1, {"Rome", "Bari"}))
                           .Number("y", Counting(0), Role::kTarget)
                           .Make();
  EXPECT_TRUE(FindingsOf("identifier_column", data).empty());
}

TEST(IdentifierColumnTest, AFewFilledCellsNameNothing) {
  std::vector<double> score(kRows, kMissing);
  for (size_t i = 0; i < 4; ++i) score[9 * i] = static_cast<double>(i + 1);
  TextCells remark(kRows);
  remark[4] = "late";
  remark[9] = "early";
  const Dataset data = TestDataset().Number("score", score).Text("remark", remark).Make();
  EXPECT_TRUE(FindingsOf("identifier_column", data).empty());
}

TEST(IdentifierColumnTest, AFewRowsTellNothing) {
  const Dataset data = TestDataset().Number("x", {1, 2, 3}).Make();
  EXPECT_EQ(SkipReason("identifier_column", data), "there are fewer than 20 rows");
}

}  // namespace
}  // namespace bottega

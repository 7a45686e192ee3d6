#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

// 2,000 people; nobody is of sex "f" in the region "east".
Dataset People() {
  TextCells sex = RandomTexts(2000, 1, {"f", "m"});
  const TextCells region = RandomTexts(2000, 2, {"east", "north", "south"});
  for (size_t i = 0; i < 2000; ++i) {
    if (region[i] == "east") sex[i] = "m";
  }
  return TestDataset()
      .Text("sex", sex)
      .Text("region", region)
      .Text("trade", RandomTexts(2000, 3, {"cook", "clerk"}))
      .Number("age", RandomNumbers(2000, 4, 90))
      .Make();
}

TEST(IntersectionCoverageTest, EmptyCellsOfTheSensitiveColumns) {
  Dataset data = People();
  for (const char* name : {"sex", "region", "trade"}) MakeSensitive(&data, name);
  const std::vector<Finding> found = FindingsOf("intersection_coverage", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);  // sex tells the region: V is above 0.3
  const Json& cells = found[0].detail["cells"];
  ASSERT_EQ(cells.size(), 1u);
  EXPECT_EQ(cells[0]["name"], "sex 'f' and region 'east'");
  EXPECT_EQ(cells[0]["condition"], "sex = 'f' and region = 'east'");
  EXPECT_EQ(cells[0]["rows"], 0);
  EXPECT_EQ(cells[0]["gather"], found[0].detail["needed"]);
  EXPECT_THAT(found[0].message, HasSubstr("of 'sex' and 'region' has fewer than 50 rows"));
}

TEST(IntersectionCoverageTest, AGapAmongColumnsThatAreElseIndependentIsAWarning) {
  TextCells a = RandomTexts(4000, 1, {"1", "2", "3", "4", "5"});
  const TextCells b = RandomTexts(4000, 2, {"u", "v", "w", "x", "y"});
  for (size_t i = 0; i < 4000; ++i) {
    if (a[i] == "1" && b[i] == "u") a[i] = "2";
  }
  const Dataset data = TestDataset().Text("a", a).Text("b", b).Make();
  const std::vector<Finding> found = FindingsOf("intersection_coverage", data, "{columns: [a, b]}");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
}

TEST(IntersectionCoverageTest, ChosenColumnsAndRangesOfNumbers) {
  EXPECT_TRUE(
      FindingsOf("intersection_coverage", People(), "{columns: [trade, age], rows: 100}").empty());
  const std::vector<Finding> found =
      FindingsOf("intersection_coverage", People(), "{columns: [trade, age], rows: 400}");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].detail["cells"].size(), 8u);
  EXPECT_THAT(found[0].detail["cells"][0]["condition"].get<std::string>(), HasSubstr("<= age <="));
}

TEST(IntersectionCoverageTest, NothingToCombine) {
  EXPECT_THAT(SkipReason("intersection_coverage", People()), HasSubstr("fewer than two columns"));
  EXPECT_THROW(FindingsOf("intersection_coverage", People(), "{columns: [sexx]}"), Error);
}

}  // namespace
}  // namespace bottega

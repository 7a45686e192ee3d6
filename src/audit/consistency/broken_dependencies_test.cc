#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

// 30 zips in 10 cities, 600 rows; the city of some rows replaced.
Dataset Cities(const std::map<size_t, std::optional<std::string>>& odd) {
  TextCells zip, city;
  for (int i = 0; i < 600; ++i) {
    const int z = i * 7 % 30;
    zip.push_back("z" + std::to_string(z));
    city.push_back("city " + std::to_string(z % 10));
  }
  for (const auto& [row, value] : odd) city[row] = value;
  return TestDataset().Text("zip", zip).Text("city", city).Make();
}

TEST(BrokenDependenciesTest, NamesTheCellAndWhatItShouldBe) {
  const auto found =
      FindingsOf("broken_dependencies", Cities({{5, "city 9"}, {77, "Cittty"}, {300, "city 0"}}));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].place.column, "city");
  EXPECT_EQ(found[0].place.row, 5);
  EXPECT_THAT(found[0].message, HasSubstr("'zip' tells 'city' in 99.7 % of 600 rows"));
  const Json& cells = found[0].detail["cells"];
  ASSERT_EQ(cells.size(), 2u);  // "city 0" of row 300 is right
  EXPECT_EQ(cells[0]["after"], "city 5");
  EXPECT_EQ(cells[1]["row"], 77);
  EXPECT_EQ(cells[1]["before"], "Cittty");
  EXPECT_THAT(cells[1]["evidence"].get<std::string>(), HasSubstr("19 of 19 other rows"));
  EXPECT_EQ(found[0].detail["dependency"]["from"][0], "zip");
}

TEST(BrokenDependenciesTest, GapsThatTheOtherRowsTell) {
  const auto found = FindingsOf("broken_dependencies", Cities({{5, std::nullopt}}));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_TRUE(found[0].detail["cells"][0]["before"].is_null());
  EXPECT_EQ(found[0].detail["cells"][0]["after"], "city 5");
}

TEST(BrokenDependenciesTest, GivenRulesAreErrors) {
  const Dataset data = Cities({{5, "city 9"}});
  const auto found =
      FindingsOf("broken_dependencies", data, "{dependencies: ['zip -> city'], discover: false}");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kError);
  EXPECT_TRUE(FindingsOf("broken_dependencies", data, "{discover: false}").empty());
  EXPECT_THROW(RunOnly("broken_dependencies", data, "{dependencies: ['zip -> citty']}"), Error);
  EXPECT_THROW(RunOnly("broken_dependencies", data, "{dependencies: [zip]}"), Error);
}

TEST(BrokenDependenciesTest, QuietWithoutDependencies) {
  EXPECT_TRUE(FindingsOf("broken_dependencies", Cities({})).empty());
  const Dataset chance = TestDataset()
                             .Text("a", RandomTexts(500, 1, {"u", "v", "w"}))
                             .Text("b", RandomTexts(500, 2, {"x", "y"}))
                             .Number("c", RandomNumbers(500, 3, 40))
                             .Make();
  EXPECT_TRUE(FindingsOf("broken_dependencies", chance).empty());
  const Dataset one = TestDataset().Number("x", RandomNumbers(9, 1)).Make();
  EXPECT_EQ(SkipReason("broken_dependencies", one), "there are fewer than two columns to compare");
}

}  // namespace
}  // namespace bottega

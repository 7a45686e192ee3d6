#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

TextCells Groups(const std::vector<std::pair<std::string, int>>& groups) {
  TextCells out;
  for (const auto& [name, count] : groups) out.insert(out.end(), static_cast<size_t>(count), name);
  return out;
}

Dataset People(const TextCells& race, const TextCells& label) {
  Dataset data =
      TestDataset().Text("race", race).Text("y", label, FeatureType::kBinary, Role::kTarget).Make();
  MakeSensitive(&data, "race");
  return data;
}

TextCells Alternating(size_t n) {
  TextCells label(n, "no");
  for (size_t i = 0; i < n; i += 2) label[i] = "yes";
  return label;
}

TEST(SensitiveCoverageTest, GroupsThatAreTooSmall) {
  const TextCells race = Groups({{"a", 6000}, {"b", 49}, {"c", 55}});
  const std::vector<Finding> found =
      FindingsOf("sensitive_coverage", People(race, Alternating(race.size())));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].place.column, "race");
  EXPECT_EQ(found[0].message, "1 group of 'race' has fewer than 50 rows: 'b' (49)");
  EXPECT_EQ(found[0].detail["groups"], (Json{{"b", 49}}));
  EXPECT_THAT(found[0].fix, HasSubstr("collect more of them"));
  EXPECT_EQ(found[1].severity, Severity::kInfo);
  EXPECT_EQ(found[1].message, "1 group of 'race' is below 1.0 % of the rows: 'c' (55)");
}

TEST(SensitiveCoverageTest, GroupsWithoutAClass) {
  TextCells label = Alternating(300);
  std::fill(label.begin() + 200, label.end(), "no");
  const std::vector<Finding> found =
      FindingsOf("sensitive_coverage", People(Groups({{"a", 200}, {"b", 100}}), label));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].message, "'race': 'b' has no 'yes'");
}

TEST(SensitiveCoverageTest, RowsInNoGroup) {
  TextCells race = Groups({{"a", 200}, {"b", 200}});
  for (size_t i = 0; i < 3; ++i) race[i] = std::nullopt;
  EXPECT_TRUE(FindingsOf("sensitive_coverage", People(race, Alternating(400))).empty());
  race[3] = std::nullopt;
  const std::vector<Finding> found =
      FindingsOf("sensitive_coverage", People(race, Alternating(400)));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_THAT(found[0].message, HasSubstr("missing in 4 rows"));
}

TEST(SensitiveCoverageTest, NothingWhereGroupsAreLarge) {
  const TextCells race = Groups({{"a", 100}, {"b", 50}});
  EXPECT_TRUE(FindingsOf("sensitive_coverage", People(race, Alternating(150))).empty());
  const Dataset nobody = TestDataset().Text("race", race).Make();
  EXPECT_THAT(SkipReason("sensitive_coverage", nobody), HasSubstr("no column is sensitive"));
}

}  // namespace
}  // namespace bottega

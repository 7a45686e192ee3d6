#include "audit/test_audit.h"

namespace bottega {
namespace {

TEST(SpecialCategoriesCheck, KnowsThemByNameAndByValues) {
  const Dataset data = TestDataset()
                           .Text("q1", RandomTexts(40, 1, {"White", "Black", "Asian"}))
                           .Text("Krankheit", RandomTexts(40, 2, {"a", "b", "c"}))
                           .Text("religion", RandomTexts(40, 3, {"x", "y", "z"}),
                                 FeatureType::kCategory, Role::kIgnored)
                           .Text("colour", RandomTexts(40, 4, {"red", "blue", "green"}))
                           .Number("priors_count", RandomNumbers(40, 5, 9))
                           .Make();
  const std::vector<Finding> findings = FindingsOf("special_categories", data);
  ASSERT_EQ(findings.size(), 4u);
  EXPECT_EQ(findings[0].detail["category"], "racial or ethnic origin");
  EXPECT_EQ(findings[1].detail["category"], "health");
  EXPECT_EQ(findings[2].severity, Severity::kInfo);
  EXPECT_EQ(findings[3].detail["category"], "criminal convictions");
}

TEST(SpecialCategoriesCheck, PassesOrdinaryColumns) {
  const Dataset data = TestDataset()
                           .Text("origin", RandomTexts(40, 1, {"web", "shop"}))
                           .Number("whiteness", RandomNumbers(40, 2))
                           .Make();
  EXPECT_TRUE(FindingsOf("special_categories", data).empty());
}

}  // namespace
}  // namespace bottega

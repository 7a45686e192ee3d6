#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

Dataset Cities(const TextCells& odd) {
  TextCells city(60, "Florence");
  for (size_t i = 30; i < 60; ++i) city[i] = "Venice";
  std::copy(odd.begin(), odd.end(), city.begin() + 10);
  return TestDataset().Text("city", city).Make();
}

TEST(InconsistentSpellingTest, CaseSpacesAndPunctuation) {
  const std::vector<Finding> found =
      FindingsOf("inconsistent_spelling", Cities({"florence", "Florence ", "FLORENCE"}));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].place.column, "city");
  EXPECT_EQ(found[0].place.row, 10);
  EXPECT_EQ(found[0].detail["canonical"], "Florence");
  EXPECT_EQ(found[0].detail["variants"].size(), 3u);
  ASSERT_EQ(found[0].detail["cells"].size(), 3u);
  EXPECT_EQ(found[0].detail["cells"][2]["row"], 12);
  EXPECT_EQ(found[0].detail["cells"][2]["after"], "Florence");
  EXPECT_THAT(found[0].fix, HasSubstr("write 'Florence' everywhere"));
}

TEST(InconsistentSpellingTest, ASlipIsFoundInTheTargetToo) {
  TextCells label = YesNo(60, 0);
  std::fill(label.begin(), label.end(), "granted");
  label[5] = "grantd";
  const Dataset data = TestDataset().Text("y", label, FeatureType::kCategory, Role::kTarget).Make();
  const std::vector<Finding> found = FindingsOf("inconsistent_spelling", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].place.row, 5);
  EXPECT_EQ(found[0].place.column, "y");
  EXPECT_EQ(found[0].detail["variants"][0]["why"], "typo");
  EXPECT_EQ(found[0].severity, found[0].confidence < 0.8 ? Severity::kInfo : Severity::kWarning);
}

TEST(InconsistentSpellingTest, DifferentThingsStayApart) {
  EXPECT_TRUE(FindingsOf("inconsistent_spelling", Cities({})).empty());
  const Dataset data =
      TestDataset()
          .Text("grade", RandomTexts(90, 1, {"A1", "A2", "B1", "10th", "11th", "<=50K", ">50K"}))
          .Text("sex", RandomTexts(90, 2, {"Male", "Female"}))
          .Make();
  EXPECT_TRUE(FindingsOf("inconsistent_spelling", data).empty());
  const Dataset numbers = TestDataset().Number("x", RandomNumbers(9, 1)).Make();
  EXPECT_EQ(SkipReason("inconsistent_spelling", numbers), "no column holds categories");
}

}  // namespace
}  // namespace bottega

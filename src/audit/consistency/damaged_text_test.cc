#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

Dataset Cities(const std::map<size_t, std::string>& odd) {
  TextCells city = RandomTexts(200, 1, {"Zürich", "São Paulo", "Paris", "Köln", "O'Hara & Sons"});
  for (const auto& [row, text] : odd) city[row] = text;
  return TestDataset().Text("city", city).Make();
}

TEST(DamagedTextTest, TheRepairedTextIsGiven) {
  const std::map<size_t, std::pair<std::string, std::string>> damaged = {
      {3, {"ZÃ¼rich", "Zürich"}},
      {4, {"SÃƒÂ£o Paulo", "São Paulo"}},
      {5, {"O&#39;Hara &amp; Sons", "O'Hara & Sons"}},
      {6, {"K\\u00f6ln", "Köln"}},
      {7, {"Pa\u200Bris", "Paris"}},
      {8, {"Z\xEF\xBF\xBDrich", "Zürich"}},
      {9, {"K?ln", "Köln"}}};
  std::map<size_t, std::string> odd;
  for (const auto& [row, text] : damaged) odd[row] = text.first;
  const auto found = FindingsOf("damaged_text", Cities(odd));
  std::map<size_t, std::string> repaired;
  for (const Finding& finding : found) {
    EXPECT_EQ(finding.severity, Severity::kWarning);
    for (const Json& cell : finding.detail["cells"]) {
      repaired[cell["row"].get<size_t>()] = cell["after"].get<std::string>();
    }
  }
  ASSERT_EQ(repaired.size(), damaged.size());
  for (const auto& [row, text] : damaged) EXPECT_EQ(repaired[row], text.second) << text.first;
}

TEST(DamagedTextTest, WhatIsLostWithoutATwinIsASuspect) {
  const auto found = FindingsOf("damaged_text", Cities({{8, "Gen\xEF\xBF\xBDve"}}));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_FALSE(found[0].detail.contains("cells"));
  EXPECT_EQ(found[0].detail["suspects"].size(), 1u);
}

TEST(DamagedTextTest, ForeignTextIsNotDamaged) {
  const Dataset data =
      TestDataset()
          .Text("x", RandomTexts(90, 1,
                                 {"Łódź", "Привет", "東京", "Ångström", "naïve café", "50 €",
                                  "a\tb", "AT&T", "Why?", "R&D; more", "مرحبا"}))
          .Make();
  EXPECT_TRUE(FindingsOf("damaged_text", data).empty());
  const Dataset numbers = TestDataset().Number("x", RandomNumbers(9, 1)).Make();
  EXPECT_EQ(SkipReason("damaged_text", numbers), "no column holds text");
}

TEST(DamagedTextTest, NamesOfColumns) {
  const Dataset data = TestDataset().Number("GrÃ¶ÃŸe", RandomNumbers(9, 1)).Make();
  const auto found = FindingsOf("damaged_text", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].fix, HasSubstr("call it 'Größe'"));
}

}  // namespace
}  // namespace bottega

#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/text/test_texts.h"

namespace bottega {
namespace {

using testing::HasSubstr;

TEST(EmptyTextTest, BlankMissingAndPunctuation) {
  std::vector<std::string> texts = Sentences(40);
  texts[3] = "\u00A0 \u200B";
  texts[8] = "...";
  texts[9] = "👍";  // says something
  TextCells cells(texts.begin(), texts.end());
  cells[5] = std::nullopt;
  const Dataset data = TestDataset().Text("review", cells, FeatureType::kText).Make();
  const AuditResult result = RunOnly("empty_text", data);
  ASSERT_EQ(result.findings.size(), 3u);
  EXPECT_EQ(result.findings[0].detail["rows"], Json({3}));
  EXPECT_EQ(result.findings[1].detail["rows"], Json({8}));
  EXPECT_EQ(result.findings[2].detail["rows"], Json({5}));
  EXPECT_THAT(result.findings[2].message, HasSubstr("1 of 40 rows in 'review' is empty: row 5"));
  EXPECT_EQ(result.scores[0].rows[5], 0);
  EXPECT_EQ(result.scores[0].rows[9], 1);
}

TEST(EmptyTextTest, AnOptionalTextMayBeMissing) {
  TextCells cells(40);
  for (int i = 0; i < 20; ++i)
    cells[static_cast<size_t>(2 * i)] = Sentences(20)[static_cast<size_t>(i)];
  const Dataset data = TestDataset().Text("remark", cells, FeatureType::kText).Make();
  EXPECT_TRUE(FindingsOf("empty_text", data).empty());
}

TEST(EmptyTextTest, TablesWithoutTexts) {
  const Dataset data = TestDataset().Text("city", {"Rome", ""}).Make();
  EXPECT_EQ(SkipReason("empty_text", data), "no column holds texts");
}

}  // namespace
}  // namespace bottega

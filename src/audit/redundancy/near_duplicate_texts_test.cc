#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

// Sentences of made-up words: no two alike.
TextCells Sentences(int64_t n) {
  TextCells out;
  for (int64_t i = 0; i < n; ++i) {
    std::string text;
    for (int64_t w = 0; w < 12; ++w) {
      text += "w" + std::to_string(Random(3, Purpose::kSample, w, i).Below(400)) + " ";
    }
    out.push_back(text + "end");
  }
  return out;
}

TestDataset With(const TextCells& texts) {
  return TestDataset()
      .Text("story", texts, FeatureType::kText)
      .Number("x", RandomNumbers(static_cast<int64_t>(texts.size()), 1));
}

TEST(NearDuplicateTextsTest, EditedAndCopiedTexts) {
  TextCells texts = Sentences(120);
  texts[100] = *texts[4] + " indeed";
  texts[110] = texts[7];
  const std::vector<Finding> found = FindingsOf("near_duplicate_texts", With(texts).Make());
  ASSERT_EQ(found.size(), 2u);
  EXPECT_THAT(found[0].message, HasSubstr("row 4 and row 100 hold nearly the same 'story'"));
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].place.row, 100);
  EXPECT_EQ(found[1].message, "row 7 and row 110 hold the same 'story'");
  EXPECT_TRUE(FindingsOf("near_duplicate_texts", With(texts).Make(), "{similarity: 0.97}").size() ==
              1);
}

TEST(NearDuplicateTextsTest, AloneTheyAreTheRows) {
  TextCells texts = Sentences(120);
  texts[100] = *texts[4] + " indeed";
  texts[110] = texts[7];
  const Dataset data = TestDataset().Text("story", texts, FeatureType::kText).Make();
  EXPECT_EQ(FindingsOf("near_duplicate_texts", data).size(), 1u);
  EXPECT_EQ(FindingsOf("exact_duplicates", data).size(), 1u);
  EXPECT_EQ(SkipReason("near_duplicate_rows", data),
            "the data are texts (see near_duplicate_texts)");
}

TEST(NearDuplicateTextsTest, AlikeByNatureIsSaidOnce) {
  TextCells texts = Sentences(60);
  for (size_t i = 0; i < 30; ++i) texts.push_back(*texts[i] + " indeed");
  const std::vector<Finding> found = FindingsOf("near_duplicate_texts", With(texts).Make());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_THAT(found[0].message, HasSubstr("alike by nature"));
}

TEST(NearDuplicateTextsTest, NoTextsNoCheck) {
  const Dataset data = TestDataset().Number("x", RandomNumbers(30, 1)).Make();
  EXPECT_EQ(SkipReason("near_duplicate_texts", data), "no column holds texts");
}

}  // namespace
}  // namespace bottega

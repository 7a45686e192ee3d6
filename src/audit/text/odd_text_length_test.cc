#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/text/test_texts.h"
#include "base/text.h"

namespace bottega {
namespace {

using testing::HasSubstr;

TEST(OddTextLengthTest, LongAndShortOnes) {
  std::vector<std::string> texts = Sentences(60);
  texts[10] = Join(Sentences(50), " ");
  texts[20] = "k";
  const std::vector<Finding> found = FindingsOf("odd_text_length", TextData(texts));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].detail["rows"], Json({10}));
  EXPECT_THAT(found[0].message, HasSubstr("far longer than the others"));
  EXPECT_EQ(found[1].severity, Severity::kInfo);
  EXPECT_EQ(found[1].detail["rows"], Json({20}));
  EXPECT_THAT(found[1].message, HasSubstr("down to 1 character "));
}

TEST(OddTextLengthTest, LengthsThatSpreadByNature) {
  std::vector<std::string> texts;
  for (int i = 1; i <= 60; ++i) {
    const std::vector<std::string> all = Sentences(60);
    texts.push_back(Join({all.begin(), all.begin() + i}, " "));
  }
  EXPECT_TRUE(FindingsOf("odd_text_length", TextData(texts)).empty());
}

TEST(OddTextLengthTest, ColumnsOfAFewTexts) {
  EXPECT_EQ(SkipReason("odd_text_length", TextData({"a", "a much longer text than that"})),
            "no column holds 20 texts or more");
}

}  // namespace
}  // namespace bottega

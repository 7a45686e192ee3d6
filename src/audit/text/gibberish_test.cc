#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/text/test_texts.h"

namespace bottega {
namespace {

TEST(GibberishTest, MashedKeysAndGarbledLetters) {
  std::vector<std::string> texts = Sentences(100);
  texts[4] = "asdkjh qwpoeiu zxmcnb lkjqwe pqowie";
  texts[50] = "Xkqzv wrtpl mnbvcxz qwrtz hjklp.";
  const std::vector<Finding> found = FindingsOf("gibberish", TextData(texts));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].detail["rows"], Json({4, 50}));
}

TEST(GibberishTest, RareWordsAndOtherLanguagesAreWords) {
  std::vector<std::string> texts = Sentences(100);
  texts[4] = "Bronchiolitis obliterans was suspected after the azathioprine had been stopped.";
  texts[5] = "Der Kellner hatte die Schlüssel längst vergessen und ging nach Hause.";
  texts[6] = "She moved to Llanfairfechan with Krzysztof.";
  EXPECT_TRUE(FindingsOf("gibberish", TextData(texts)).empty());
}

}  // namespace
}  // namespace bottega

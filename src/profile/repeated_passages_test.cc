#include "profile/repeated_passages.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace bottega {
namespace {

// Words drawn at random, so that no passage repeats by chance.
std::string Prose(int seed, int words) {
  Random random(3, Purpose::kGenerate, 1, seed);
  std::string text;
  for (int i = 0; i < words; ++i) {
    text += "w";
    for (int k = 0; k < 3; ++k) text += static_cast<char>('a' + random.Below(26));
    text += i + 1 < words ? " " : ".";
  }
  return text;
}

TEST(RepeatedPassagesTest, FindsAFooterWithItsNumbers) {
  std::vector<std::string> texts;
  for (int i = 0; i < 300; ++i) {
    texts.push_back(Prose(i, 30));
    if (i % 20 == 0) {
      texts.back() += " This offer is valid until " + std::to_string(i) +
                      " May and only while our stocks last.";
    }
  }
  const std::vector<Passage> found = RepeatedPassages(texts, {});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].text, "this offer is valid until may and only while our stocks last");
  EXPECT_EQ(found[0].words, 12);
  ASSERT_EQ(found[0].texts.size(), 15u);
  EXPECT_EQ(found[0].texts[1], 20);
}

TEST(RepeatedPassagesTest, SeveralPassagesMostFrequentFirst) {
  std::vector<std::string> texts;
  for (int i = 0; i < 200; ++i) {
    std::string text = Prose(i, 20);
    if (i % 5 == 0) text = "dear customer we thank you very much for your order today " + text;
    if (i % 10 == 1) text += " the contents of this message are meant for its reader alone";
    texts.push_back(text);
  }
  const std::vector<Passage> found = RepeatedPassages(texts, {});
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].texts.size(), 40u);
  EXPECT_EQ(found[1].texts.size(), 20u);
}

TEST(RepeatedPassagesTest, SearchesAllTextsForWhatASampleShowed) {
  std::vector<std::string> texts;
  for (int i = 0; i < 1000; ++i) {
    texts.push_back(Prose(i, 12) +
                    (i % 2 ? " one two three four five six seven eight nine ten x" : ""));
  }
  const std::vector<Passage> found = RepeatedPassages(texts, {.sample = 100});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].texts.size(), 500u);
}

TEST(RepeatedPassagesTest, ShortTurnsOfPhraseAndRareOnesAreNone) {
  std::vector<std::string> texts;
  for (int i = 0; i < 200; ++i) texts.push_back("i would like to say that " + Prose(i, 20));
  EXPECT_TRUE(RepeatedPassages(texts, {}).empty());
  EXPECT_TRUE(RepeatedPassages({}, {}).empty());
}

}  // namespace
}  // namespace bottega

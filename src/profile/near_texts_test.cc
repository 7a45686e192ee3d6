#include "profile/near_texts.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "base/json.h"
#include "base/test_folders.h"
#include "profile/text_words.h"

namespace bottega {
namespace {

std::vector<std::string> Words(const std::string& text) {
  std::vector<std::string> words;
  ForEachWord(text, [&](std::string_view word) { words.emplace_back(word); });
  return words;
}

std::vector<std::string> ReferenceTexts(const Json& reference) {
  return reference["texts"].get<std::vector<std::string>>();
}

TEST(TextWordsTest, WordsOfManyScripts) {
  using Strings = std::vector<std::string>;
  EXPECT_EQ(Words("Don't  STOP-42, now!"), (Strings{"dont", "stop", "42", "now"}));
  EXPECT_EQ(Words("Straße ÉTÉ"), (Strings{"strasse", "été"}));
  EXPECT_EQ(Words("東京 に"), (Strings{"東", "京", "に"}));
  EXPECT_TRUE(Words(" .,; ").empty());
}

TEST(TextWordsTest, JaccardAgreesWithBruteForce) {
  const Json reference = ReadJson(TestReference("redundancy.json"));
  const TextSets sets = ShinglesOf(ReferenceTexts(reference), 2);
  ASSERT_GT(reference["pairs"].size(), 50u);
  for (const Json& pair : reference["pairs"]) {
    EXPECT_NEAR(Jaccard(sets, pair[0].get<int64_t>(), pair[1].get<int64_t>()),
                pair[2].get<double>(), 1e-12);
  }
}

TEST(NearTextsTest, GroupsAreThoseOfAllPairs) {
  const Json reference = ReadJson(TestReference("redundancy.json"));
  const std::vector<std::string> texts = ReferenceTexts(reference);
  std::vector<DuplicatePair> all;
  for (const Json& pair : reference["pairs"]) {
    if (pair[2].get<double>() < 0.6) continue;
    all.push_back({pair[0].get<int64_t>(), pair[1].get<int64_t>()});
  }
  const int64_t n = static_cast<int64_t>(texts.size());
  const std::vector<DuplicatePair> found = FindNearTexts(texts, {.shingle = 2});
  EXPECT_EQ(GroupsOf(n, found), GroupsOf(n, all));
}

TEST(NearTextsTest, SimilaritySetsWhatCounts) {
  const Json reference = ReadJson(TestReference("redundancy.json"));
  const std::vector<std::string> texts = ReferenceTexts(reference);
  const std::vector<DuplicatePair> some = FindNearTexts(texts, {.similarity = 0.9, .shingle = 2});
  for (const DuplicatePair& pair : some) EXPECT_GE(pair.similarity, 0.9);
  EXPECT_LT(some.size(), FindNearTexts(texts, {.shingle = 2}).size());
}

TEST(NearTextsTest, TextsOfOneTemplateAreNotOneText) {
  std::vector<std::string> texts;
  for (int i = 0; i < 60; ++i) {
    texts.push_back("your table for " + std::to_string(2 + i % 5) + " people on day " +
                    std::to_string(17 * i) + " is confirmed under code " +
                    std::to_string(100'003 * (i + 1)));
  }
  EXPECT_TRUE(FindNearTexts(texts, {}).empty());
  texts.push_back(texts[7] + " thank you");
  const std::vector<DuplicatePair> found = FindNearTexts(texts, {});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].first, 7);
  EXPECT_EQ(found[0].second, 60);
}

TEST(NearTextsTest, EqualTextsAreLinkedWhereTheySayEnough) {
  CellColumn cells{.type = FeatureType::kText};
  for (int i = 0; i < 30; ++i) {
    cells.text.push_back("case " + std::to_string(i) + " opened by clerk k" +
                         std::to_string(7 * i));
    cells.count.push_back(1);
    cells.code.push_back(i);
  }
  cells.code.push_back(3);
  ++cells.count[3];
  cells.code.push_back(-1);
  const Duplicates found = FindDuplicateTexts(cells, {.near = false});
  ASSERT_EQ(found.pairs.size(), 1u);
  EXPECT_EQ(found.pairs[0].first, 3);
  EXPECT_EQ(found.pairs[0].second, 30);
  EXPECT_TRUE(found.pairs[0].exact);
}

TEST(NearTextsTest, NothingInNothing) {
  EXPECT_TRUE(FindNearTexts({}, {}).empty());
  EXPECT_TRUE(FindNearTexts({"", "..."}, {}).empty());
}

}  // namespace
}  // namespace bottega

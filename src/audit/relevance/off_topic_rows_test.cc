#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

std::string Sentence(const std::vector<std::string>& words, int64_t i) {
  Random random(3, Purpose::kSample, 5, i);
  std::string text = "It was";
  for (int w = 0; w < 12; ++w) {
    text += " " + words[static_cast<size_t>(random.Below(static_cast<int64_t>(words.size())))];
  }
  return text;
}

TEST(OffTopicRowsTest, AForeignTextIsNamed) {
  TextCells texts;
  for (int64_t i = 0; i < 200; ++i) {
    texts.push_back(Sentence({"room", "bed", "staff", "view", "clean", "night", "stay", "pool",
                              "towel", "lobby", "coffee", "desk"},
                             i));
  }
  texts[50] = Sentence({"kernel", "socket", "mutex", "thread", "pointer", "heap", "stack"}, 50);
  const Dataset data = TestDataset().Text("review", texts, FeatureType::kText).Make();
  const AuditResult result = RunOnly("off_topic_rows", data);
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_EQ(result.findings[0].place.row, 50);
  EXPECT_THAT(result.findings[0].message, HasSubstr("row 50 reads unlike the rest"));
  EXPECT_LT(result.scores[0].rows[50], 0.1F);
}

TEST(OffTopicRowsTest, WhatItNeeds) {
  const Dataset table = TestDataset().Number("x", RandomNumbers(100, 1)).Make();
  EXPECT_EQ(SkipReason("off_topic_rows", table), "no column holds texts or pictures");
  const Dataset few = TestDataset().Text("t", {"a", "b"}, FeatureType::kText).Make();
  EXPECT_EQ(SkipReason("off_topic_rows", few), "there are fewer than 50 rows");
}

}  // namespace
}  // namespace bottega

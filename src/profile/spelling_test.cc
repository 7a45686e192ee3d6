#include "profile/spelling.h"

#include <gtest/gtest.h>

#include <map>

namespace bottega {
namespace {

std::map<std::string, std::string> Merged(const std::vector<std::string>& values,
                                          const std::vector<int64_t>& counts) {
  std::map<std::string, std::string> out;
  for (const SpellingCluster& cluster : FindSpellingClusters(values, counts)) {
    for (const SpellingVariant& variant : cluster.variants) out[variant.text] = cluster.canonical;
  }
  return out;
}

TEST(SpellingTest, JoinsCaseSpacesAndPunctuation) {
  const auto merged =
      Merged({"New York", "new york", "NEW-YORK", " New  York ", "Boston"}, {90, 5, 3, 2, 80});
  EXPECT_EQ(merged.size(), 3u);
  for (const auto& [from, to] : merged) EXPECT_EQ(to, "New York") << from;
}

TEST(SpellingTest, JoinsRareSlipsOfFrequentValues) {
  const auto merged =
      Merged({"Birmingham", "Birmingxam", "Brimingham", "Huntsville"}, {120, 2, 1, 90});
  EXPECT_EQ(merged.size(), 2u);
  EXPECT_EQ(merged.at("Birmingxam"), "Birmingham");
  EXPECT_EQ(merged.at("Brimingham"), "Birmingham");
}

TEST(SpellingTest, KeepsDifferentValuesApart) {
  EXPECT_TRUE(Merged({"Male", "Female"}, {1000, 10}).empty());
  EXPECT_TRUE(Merged({"A1", "A2"}, {1000, 3}).empty());
  EXPECT_TRUE(Merged({"10th", "11th", "HS-grad", "9th"}, {900, 20, 5000, 3}).empty());
  EXPECT_TRUE(Merged({"A+", "A-", "A", "B+"}, {100, 5, 50, 2}).empty());
  EXPECT_TRUE(Merged({"<=50K", ">50K"}, {24720, 7841}).empty());
  EXPECT_TRUE(Merged({"Married-civ-spouse", "Married-AF-spouse"}, {14976, 23}).empty());
  EXPECT_TRUE(Merged({"Austria", "Australia"}, {10, 900}).empty());
  EXPECT_TRUE(Merged({"Prof-school", "Preschool"}, {576, 51}).empty());
}

TEST(SpellingTest, OneCharacterThatReplacesSeveralLetters) {
  const auto merged = Merged({"heart failure", "heaxt failuxe", "acute care hospitals",
                              "acutexcarexhospitals", "class aa", "class bb"},
                             {90, 1, 80, 2, 1, 60});
  EXPECT_EQ(merged.size(), 2u);
  EXPECT_EQ(merged.at("heaxt failuxe"), "heart failure");
  EXPECT_EQ(merged.at("acutexcarexhospitals"), "acute care hospitals");
}

TEST(SpellingTest, ASlipInOneWordOfARareText) {
  std::vector<std::string> values;
  std::vector<int64_t> counts;
  for (int i = 1; i < 40; ++i) {
    values.push_back(std::to_string(i) + " patients");
    counts.push_back(2);
  }
  values.insert(values.end(), {"7 patixnts", "99 patixnts", "3 orders"});
  counts.insert(counts.end(), {1, 1, 1});
  const auto merged = Merged(values, counts);
  EXPECT_EQ(merged.size(), 1u);  // there is no "99 patients"
  EXPECT_EQ(merged.at("7 patixnts"), "7 patients");
}

}  // namespace
}  // namespace bottega

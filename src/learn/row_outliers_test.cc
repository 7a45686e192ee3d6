#include "learn/row_outliers.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "base/random.h"
#include "learn/off_topic.h"
#include "learn/one_column.h"
#include "learn/rare_pairs.h"

namespace bottega {
namespace {

constexpr int64_t kRows = 1000;

CellColumn Numbers(const std::vector<double>& values) {
  CellColumn cells{.type = FeatureType::kNumber};
  for (size_t i = 0; i < values.size(); ++i) {
    cells.code.push_back(static_cast<int32_t>(i));
    cells.number.push_back(values[i]);
    cells.count.push_back(1);
  }
  return cells;
}

CellColumn Categories(const std::vector<int>& values) {
  CellColumn cells{.type = FeatureType::kCategory};
  std::map<int, int32_t> seen;
  for (const int value : values) {
    const auto [at, added] = seen.emplace(value, static_cast<int32_t>(seen.size()));
    if (added) {
      cells.text.push_back("v" + std::to_string(value));
      cells.count.push_back(0);
    }
    cells.code.push_back(at->second);
    ++cells.count[static_cast<size_t>(at->second)];
  }
  return cells;
}

struct Table {
  std::vector<double> height, weight, pulse;
  std::vector<int> city, country;

  Table() {
    for (int64_t i = 0; i < kRows; ++i) {
      Random random(7, Purpose::kSample, 1, i);
      height.push_back(170 + 9 * random.Normal());
      weight.push_back(0.9 * height.back() - 85 + 3 * random.Normal());
      pulse.push_back(70 + 8 * random.Normal());
      city.push_back(static_cast<int>(random.Below(10)));
      country.push_back(city.back() / 2);
    }
  }
  RowOutliers Find() const {
    const CellColumn a = Numbers(height), b = Numbers(weight), c = Numbers(pulse),
                     d = Categories(city), e = Categories(country);
    return FindRowOutliers({&a, &b, &c, &d, &e}, {});
  }
};

TEST(RowOutliersTest, EachKindIsFoundAndNamed) {
  Table table;
  table.pulse[10] = 220;
  table.height[20] = 192;  // neither is rare alone
  table.weight[20] = 62;
  table.country[30] = (table.country[30] + 2) % 5;
  const RowOutliers found = table.Find();
  std::map<int64_t, OddRow> odd;
  for (const OddRow& row : found.odd) odd[row.row] = row;
  EXPECT_LE(odd.size(), 4u);
  ASSERT_TRUE(odd.contains(10) && odd.contains(20) && odd.contains(30));
  EXPECT_EQ(odd[10].kind, OddKind::kNumber);
  EXPECT_EQ(odd[10].columns, std::vector<int>{2});
  EXPECT_TRUE(odd[10].high);
  EXPECT_EQ(odd[30].kind, OddKind::kPair);
  EXPECT_EQ(std::set<int>(odd[30].columns.begin(), odd[30].columns.end()), (std::set<int>{3, 4}));
  EXPECT_LT(found.expected[10], 0.01F);
  EXPECT_EQ(found.expected.size(), static_cast<size_t>(kRows));
}

TEST(RowOutliersTest, CleanTablesHaveNone) { EXPECT_LE(Table().Find().odd.size(), 1u); }

TEST(RowOutliersTest, SmallOrPlainTablesAreNotJudged) {
  const CellColumn few = Numbers({1, 2, 3});
  EXPECT_TRUE(FindRowOutliers({&few}, {}).odd.empty());
  const CellColumn same = Categories(std::vector<int>(100, 1));
  EXPECT_TRUE(FindRowOutliers({&same, &same}, {}).odd.empty());
}

TEST(RarePairsTest, OnlyWhereOneValueRulesTheOtherOut) {
  PairColumn a, b, free;
  for (int64_t i = 0; i < kRows; ++i) {
    const int32_t value = static_cast<int32_t>(i % 10);
    a.codes.code.push_back(value);
    b.codes.code.push_back(i == 55 ? 1 : value / 2);
    free.codes.code.push_back(static_cast<int32_t>(Random(3, Purpose::kSample, 2, i).Below(8)));
  }
  a.codes.size = 10;
  b.codes.size = 5;
  free.codes.size = 8;
  const std::vector<RarePair> rarest = FindRarePairs({a, b, free});
  EXPECT_LT(rarest[55].ratio, 0.01);
  EXPECT_EQ(std::max(rarest[55].given, rarest[55].value), 1);
  for (size_t i = 0; i < rarest.size(); ++i) {
    if (i == 55) continue;
    EXPECT_GT(rarest[i].ratio, 0.05) << i;
  }
}

TEST(OneColumnTest, ScoresRunFromGuessingToAll) {
  std::vector<int32_t> label;
  std::vector<int> copy, noise;
  std::vector<double> number;
  for (int64_t i = 0; i < kRows; ++i) {
    Random random(5, Purpose::kSample, 3, i);
    label.push_back(static_cast<int32_t>(random.Below(3)));
    copy.push_back(label.back() + 5);
    noise.push_back(static_cast<int>(random.Below(4)));
    number.push_back(std::exp(label.back() + 0.01 * random.Normal()));
  }
  const auto score = [&](const CellColumn& cells) {
    return TellingOf(label, 3, 7).By(LookUpOf(cells));
  };
  EXPECT_EQ(score(Categories(copy)).score, 1);
  EXPECT_LT(score(Categories(noise)).score, 0.1);
  EXPECT_GT(score(Numbers(number)).score, 0.95);
  const std::vector<double> target(label.begin(), label.end());
  EXPECT_GT(TellingOf(target, 7).By(LookUpOf(Categories(copy))).score, 0.99);
  EXPECT_LT(TellingOf(target, 7).By(LookUpOf(Categories(noise))).score, 0.05);
  // A name for every row tells nothing of other rows.
  std::vector<int> names(kRows);
  for (size_t i = 0; i < names.size(); ++i) names[i] = static_cast<int>(i);
  EXPECT_LT(score(Categories(names)).score, 0.05);
}

TEST(OffTopicTest, ForeignTextsAloneAndInCompany) {
  std::vector<std::string> texts;
  const std::vector<std::string> usual = {"room", "hotel", "bed",   "breakfast", "staff", "clean",
                                          "view", "lobby", "night", "stay",      "towel", "pool"};
  const std::vector<std::string> foreign = {"pointer", "thread", "kernel", "socket", "mutex"};
  const auto text = [&](const std::vector<std::string>& words, int64_t i) {
    std::string out = "the " + std::to_string(i % 7) + " was";
    Random random(5, Purpose::kSample, 9, i);
    for (int w = 0; w < 10; ++w) {
      out += " " + words[static_cast<size_t>(random.Below(static_cast<int64_t>(words.size())))];
      if (w % 3 == 0) out += " and";
    }
    return out;
  };
  for (int64_t i = 0; i < 300; ++i) texts.push_back(text(usual, i));
  for (int64_t i = 0; i < 5; ++i) texts.push_back(text(foreign, 1000 + i));
  const Foreignness expected = ForeignTexts(texts);
  for (size_t i = 0; i < 300; ++i) EXPECT_GT(expected[i], 0.1) << texts[i];
  for (size_t i = 300; i < 305; ++i) EXPECT_LT(expected[i], 0.1) << texts[i];
}

TEST(OffTopicTest, AForeignGroupKeepsNoCompany) {
  Matrix features(400, 6);
  for (int64_t i = 0; i < features.rows; ++i) {
    Random random(5, Purpose::kSample, 4, i);
    for (int64_t c = 0; c < features.columns; ++c) {
      features.row(i)[c] = static_cast<float>(random.Normal() + (i >= 394 ? 9 : 0));
    }
  }
  const Foreignness expected = ForeignRows(features, 0.03, 7);
  for (size_t i = 394; i < 400; ++i) EXPECT_LT(expected[i], 0.1);
  EXPECT_LE(std::count_if(expected.begin(), expected.end(), [](double e) { return e < 0.1; }), 8);
}

}  // namespace
}  // namespace bottega

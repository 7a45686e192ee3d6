#include "profile/anonymity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/test_folders.h"
#include "profile/test_cells.h"

namespace bottega {
namespace {

CellColumn Numbers(const std::vector<double>& numbers) {
  CellColumn cells{.type = FeatureType::kNumber};
  for (const double number : numbers) {
    const auto at = std::ranges::find(cells.number, number) - cells.number.begin();
    if (at == static_cast<std::ptrdiff_t>(cells.number.size())) {
      cells.number.push_back(number);
      cells.count.push_back(0);
    }
    cells.code.push_back(static_cast<int32_t>(at));
    ++cells.count[static_cast<size_t>(at)];
  }
  return cells;
}

TEST(Anonymity, CountsClassesWithMissingCellsAsEqual) {
  CellColumn sex = TextCellsOf({"f", "f", "m", "m", "m"});
  CellColumn town = TextCellsOf({"a", "a", "b", "b", "c"});
  town.code[0] = town.code[1] = -1;
  const Anonymity anonymity({&sex, &town}, 5);
  const EquivalenceClasses& classes = anonymity.classes();
  EXPECT_EQ(classes.Classes(), 3);
  EXPECT_EQ(classes.smallest(), 1);
  EXPECT_EQ(classes.RowsBelow(2), 1);
  EXPECT_EQ(classes.of_row[0], classes.of_row[1]);
  EXPECT_NE(classes.of_row[3], classes.of_row[4]);
}

TEST(Anonymity, TellsWhichGeneralizationHelpsMost) {
  std::vector<double> ages;
  std::vector<std::string> sexes;
  for (int i = 0; i < 200; ++i) {
    ages.push_back(20 + i % 50);
    sexes.push_back(i % 2 ? "f" : "m");
  }
  const CellColumn age = Numbers(ages), sex = TextCellsOf(sexes);
  const Anonymity anonymity({&age, &sex}, 200);
  EXPECT_EQ(anonymity.classes().smallest(), 4);
  EXPECT_EQ(anonymity.classes().RowsBelow(5), 200);
  const std::vector<Generalization> ways = anonymity.Generalizations(5);
  ASSERT_GE(ways.size(), 5u);
  EXPECT_EQ(ways[0].column, 0u);
  EXPECT_EQ(ways[0].how, "steps of 5");  // enough, and loses least
  EXPECT_EQ(ways[0].below, 0);
  EXPECT_EQ(ways[0].smallest, 8);
  EXPECT_GT(ways[0].lost, 0.3);
  EXPECT_LT(ways[0].lost, 0.6);
  const auto drop = std::ranges::find(ways, "drop it", &Generalization::how);
  ASSERT_NE(drop, ways.end());
  EXPECT_EQ(drop->smallest, 100);
  EXPECT_DOUBLE_EQ(drop->lost, 1);
  EXPECT_EQ(ways.back().column, 1u);  // dropping sex alone leaves single ages of four
}

TEST(Anonymity, ShortensPostalCodesAndDates) {
  std::vector<std::string> codes;
  std::vector<double> days;
  for (int i = 0; i < 100; ++i) {
    codes.push_back(std::to_string(10'000 + i * 7));
    days.push_back(i * 30);
  }
  CellColumn code = TextCellsOf(codes), day = Numbers(days);
  day.type = FeatureType::kDate;
  std::vector<std::string> hows;
  for (const Generalization& way : Anonymity({&code, &day}, 100).Generalizations(5)) {
    hows.push_back(way.how);
  }
  for (const char* how : {"its first 4 characters", "its first 2 characters", "years", "decades"}) {
    EXPECT_NE(std::ranges::find(hows, how), hows.end()) << how;
  }
}

TEST(Diversity, AgreesWithThePeer) {
  const Json reference = ReadJson(TestReference("personal_reference.json"))["anonymity"];
  std::vector<std::vector<std::string>> columns(4);
  std::vector<double> wages;
  for (const Json& row : reference["rows"]) {
    for (size_t c = 0; c < 4; ++c) columns[c].push_back(row[c].get<std::string>());
    wages.push_back(row[4].get<double>());
  }
  const CellColumn age = TextCellsOf(columns[0]), sex = TextCellsOf(columns[1]),
                   area = TextCellsOf(columns[2]), disease = TextCellsOf(columns[3]),
                   wage = Numbers(wages);
  const Anonymity anonymity({&age, &sex, &area}, static_cast<int64_t>(wages.size()));
  EXPECT_EQ(anonymity.classes().smallest(), reference["k"].get<int64_t>());
  const Diversity texts = DiversityOf(anonymity.classes(), disease, 1);
  EXPECT_EQ(texts.distinct, reference["disease"]["l"].get<int64_t>());
  EXPECT_NEAR(texts.entropy, reference["disease"]["entropy_l"].get<double>(), 1e-12);
  EXPECT_NEAR(texts.distance, reference["disease"]["t"].get<double>(), 1e-12);
  const Diversity numbers = DiversityOf(anonymity.classes(), wage, 1);
  EXPECT_EQ(numbers.distinct, reference["wage"]["l"].get<int64_t>());
  EXPECT_NEAR(numbers.distance, reference["wage"]["t"].get<double>(), 1e-12);
}

TEST(Diversity, CountsRowsOfClassesThatGiveAValueAway) {
  const CellColumn town = TextCellsOf({"a", "a", "b", "b", "c"});
  const CellColumn secret = TextCellsOf({"x", "x", "x", "y", "x"});
  const Anonymity anonymity({&town}, 5);
  const Diversity all = DiversityOf(anonymity.classes(), secret, 1);
  EXPECT_EQ(all.distinct, 1);
  EXPECT_DOUBLE_EQ(all.entropy, 1);
  EXPECT_EQ(all.uniform_rows, 2);
  EXPECT_EQ(DiversityOf(anonymity.classes(), secret, 3).distinct, 0);  // no class is that large
}

}  // namespace
}  // namespace bottega

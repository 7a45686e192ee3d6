#include "data/row_condition.h"

#include <gmock/gmock.h>

#include "data/arrow_support.h"
#include "data/test_dataset.h"

namespace bottega {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr int64_t kDay = 86'400'000'000;

Dataset People() {
  return TestDataset()
      .Number("age", {70, 30, kMissing, 65, 12})
      .Text("sex", {"F", "M", "F", std::nullopt, "M"})
      .Text("home city", {"Rome", "Milan", "Rome", "Oslo", std::nullopt})
      .Text("zip", {"00123", "10115", "123", "9", "x"}, FeatureType::kIdentifier)
      .Dates("joined", {0, kDay / 2, kDay, std::nullopt, 30 * kDay})
      .Number("age-limit", {60, 40, 50, 65, kMissing})
      .Make();
}

std::vector<int64_t> Rows(const std::string& condition) {
  return RowCondition::Parse(condition).Positions(People());
}

std::string Complaint(const std::string& condition) {
  try {
    Rows(condition);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kRecipe);
    EXPECT_NE(error.hint(), "");
    return error.message() + " | " + error.hint();
  }
  return "none";
}

TEST(RowConditionTest, Comparisons) {
  EXPECT_THAT(Rows("age >= 65"), ElementsAre(0, 3));
  EXPECT_THAT(Rows("65 <= age"), ElementsAre(0, 3));
  EXPECT_THAT(Rows("18 <= age < 65"), ElementsAre(1));
  EXPECT_THAT(Rows("age between 12 and 30"), ElementsAre(1, 4));
  EXPECT_THAT(Rows("age not between 12 and 30"), ElementsAre(0, 3));
  EXPECT_THAT(Rows("age = 7e1"), ElementsAre(0));
  EXPECT_THAT(Rows("age > -1 and age < +13"), ElementsAre(4));
  EXPECT_THAT(Rows("sex = 'F'"), ElementsAre(0, 2));
  EXPECT_THAT(Rows("sex != \"F\""), ElementsAre(1, 4));
  EXPECT_THAT(Rows("sex <> 'F'"), ElementsAre(1, 4));
  EXPECT_THAT(Rows("\"home city\" == 'Rome'"), ElementsAre(0, 2));
}

TEST(RowConditionTest, MissingIsUnknown) {
  EXPECT_THAT(Rows("age is missing"), ElementsAre(2));
  EXPECT_THAT(Rows("age IS NOT NULL"), ElementsAre(0, 1, 3, 4));
  EXPECT_THAT(Rows("not age >= 65"), ElementsAre(1, 4));
  EXPECT_THAT(Rows("age < 20 or sex = 'F'"), ElementsAre(0, 2, 4));
  EXPECT_THAT(Rows("not (age < 20 or sex = 'F')"), ElementsAre(1));
  EXPECT_THAT(Rows("sex not in ['F']"), ElementsAre(1, 4));
}

TEST(RowConditionTest, AndBindsCloserThanOr) {
  EXPECT_THAT(Rows("age = 12 or age = 70 and sex = 'M'"), ElementsAre(4));
  EXPECT_THAT(Rows("(age = 12 or age = 70) and sex = 'F'"), ElementsAre(0));
  EXPECT_THAT(Rows("not sex = 'F' and age > 20"), ElementsAre(1));
}

TEST(RowConditionTest, Lists) {
  EXPECT_THAT(Rows("'home city' in ['Rome', 'Oslo']"), ElementsAre(0, 2, 3));
  EXPECT_THAT(Rows("age in (12, 70)"), ElementsAre(0, 4));
  EXPECT_THAT(Rows("joined in [1970-01-01]"), ElementsAre(0, 1));
}

TEST(RowConditionTest, TextsAgainstNumbers) {
  EXPECT_THAT(Rows("zip = 00123"), ElementsAre(0));
  EXPECT_THAT(Rows("zip = 123"), ElementsAre(2));
  EXPECT_THAT(Rows("zip < 1000"), ElementsAre(0, 2, 3));
  EXPECT_THAT(Rows("zip contains '1'"), ElementsAre(0, 1, 2));
  EXPECT_THAT(Rows("`home city` contains 'RO'"), ElementsAre(0, 2));
  EXPECT_THAT(Rows("`home city` not contains 'ro'"), ElementsAre(1, 3));
}

TEST(RowConditionTest, ADateWithoutTimeMeansTheWholeDay) {
  EXPECT_THAT(Rows("joined = 1970-01-01"), ElementsAre(0, 1));
  EXPECT_THAT(Rows("joined <= 1970-01-01"), ElementsAre(0, 1));
  EXPECT_THAT(Rows("joined > '1970-01-01'"), ElementsAre(2, 4));
  EXPECT_THAT(Rows("joined > 1970-01-01T06:00:00"), ElementsAre(1, 2, 4));
  EXPECT_THAT(Complaint("joined > 1970"), HasSubstr("character 10: 'joined' holds dates"));
  EXPECT_THAT(Complaint("joined > '02/03/1970'"), HasSubstr("2024-01-31"));
}

TEST(RowConditionTest, ColumnsAgainstColumns) {
  EXPECT_THAT(Rows("age > age-limit"), ElementsAre(0));
  EXPECT_THAT(Rows("sex = `home city`"), ElementsAre());
  EXPECT_THAT(Complaint("age > sex"), HasSubstr("one is number, the other category"));
}

TEST(RowConditionTest, MistakesHaveAPlaceAndAHint) {
  EXPECT_THAT(Complaint(""), HasSubstr("it is empty"));
  EXPECT_THAT(Complaint("agee > 3"), HasSubstr("character 1: there is no column 'agee'"));
  EXPECT_THAT(Complaint("agee > 3"), HasSubstr("did you mean 'age'"));
  EXPECT_THAT(Complaint("sex = F"), HasSubstr("a text stands in quotes"));
  EXPECT_THAT(Complaint("age >"), HasSubstr("character 6: expected a column or a value"));
  EXPECT_THAT(Complaint("age > 'old'"), HasSubstr("character 7: 'age' holds numbers"));
  EXPECT_THAT(Complaint("home city = 'Rome'"), HasSubstr("a name with spaces stands in quotes"));
  EXPECT_THAT(Complaint("sex = 'F"), HasSubstr("character 7: the quote is not closed"));
  EXPECT_THAT(Complaint("age > 3 && sex = 'F'"), HasSubstr("write and, or"));
  EXPECT_THAT(Complaint("(age > 3"), HasSubstr("expected ')', not the end"));
  EXPECT_THAT(Complaint("age in [1, 2"), HasSubstr("expected ',' or ']'"));
  EXPECT_THAT(Complaint("sex in [F]"), HasSubstr("character 9: a text in a list"));
  EXPECT_THAT(Complaint("1 < 2"), HasSubstr("neither side"));
  EXPECT_THAT(Complaint("age is old"), HasSubstr("expected missing after is"));
  EXPECT_THAT(Complaint("age > 3 sex"), HasSubstr("expected and, or, or the end"));
  EXPECT_THAT(Complaint("age contains '1'"), HasSubstr("holds no texts"));
  EXPECT_THAT(Complaint("and > 3"), HasSubstr("of that name stands in quotes"));
  EXPECT_THAT(Complaint(std::string(500, '(') + "age"), HasSubstr("nested too deeply"));
  EXPECT_THAT(Complaint("höhe > 3 ?"), HasSubstr("character 10:"));
}

TEST(RowConditionTest, TheCallerChoosesKindAndPlace) {
  try {
    RowCondition::Parse("age", ErrorKind::kUsage, {.file = "--where"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_EQ(error.place().file, "--where");
  }
}

TEST(RowConditionTest, NamesBesideTheColumns) {
  const MoreNames more{{"brightness"}, [](const std::string& name) {
                         EXPECT_EQ(name, "brightness");
                         return RowValues{FeatureType::kNumber,
                                          NumberArray({10, 200, 30, kMissing, 50})};
                       }};
  const RowCondition night = RowCondition::Parse("brightness < 60 and age > 20");
  EXPECT_THAT(night.Names(), ElementsAre("brightness", "age"));
  EXPECT_THAT(night.Positions(People(), &more), ElementsAre(0));
  EXPECT_THAT(night.Holds(People(), &more), ElementsAre(1, 0, 0, 0, 0));
  EXPECT_THROW(night.Positions(People()), Error);
}

TEST(RowConditionTest, TextsThatNeverOccur) {
  const RowCondition condition =
      RowCondition::Parse("sex = 'f' or `home city` in ['Rome', 'Bonn']");
  EXPECT_THAT(condition.Remarks(People()),
              ElementsAre("'sex' is never 'f'; did you mean 'F'?", "'home city' is never 'Bonn'"));
  EXPECT_THAT(RowCondition::Parse("sex = 'F' and age = 3").Remarks(People()), ElementsAre());
}

TEST(RowConditionTest, WritesNamesAndTexts) {
  EXPECT_EQ(ConditionName("age-limit"), "age-limit");
  EXPECT_EQ(ConditionName("home city"), "\"home city\"");
  EXPECT_EQ(ConditionName("in"), "\"in\"");
  EXPECT_EQ(ConditionName("2024"), "\"2024\"");
  EXPECT_EQ(ConditionName("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(ConditionText("O'Hara"), "'O''Hara'");
}

TEST(RowConditionTest, EmptyTables) {
  const Dataset none = TestDataset().Number("age", {}).Make();
  EXPECT_THAT(RowCondition::Parse("age > 3").Positions(none), ElementsAre());
  EXPECT_THROW(RowCondition::Parse("b > 3").Positions(none), Error);
}

}  // namespace
}  // namespace bottega

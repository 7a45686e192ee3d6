#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "clean/fixes.h"
#include "clean/repair/leading_quantity.h"
#include "clean/test_source.h"

namespace bottega {
namespace {

using ::testing::HasSubstr;
using Cells = std::vector<std::optional<std::string>>;

// "a,b\n" and `rows` lines that `line` makes of their number.
template <class Line>
std::string Table(const std::string& header, int rows, const Line& line) {
  std::string text = header + "\n";
  for (int i = 0; i < rows; ++i) text += line(i) + "\n";
  return text;
}

int64_t CellsOfFix(const RepairPlan& plan, const std::string& id) {
  for (const Fix& fix : FixesOf(plan)) {
    if (fix.id == id) return fix.cells;
  }
  return 0;
}

TEST(QuantityTest, NumbersAndUnits) {
  EXPECT_EQ(OnlyNumber("about 40"), 40);
  EXPECT_EQ(OnlyNumber("12kg"), 12);
  EXPECT_EQ(OnlyNumber("(-3.5 C)"), std::nullopt);  // whose minus is it?
  for (const char* none : {"x0005", "1000x", "10-20", "a 1 b 2", "none", "1,200 m", "A4"}) {
    EXPECT_EQ(OnlyNumber(none), std::nullopt) << none;
  }
  const auto quantity = ParseLeadingQuantity("12.0 oz. can");
  ASSERT_TRUE(quantity);
  EXPECT_EQ(quantity->number, 12);
  EXPECT_EQ(quantity->unit, "oz.");
  EXPECT_EQ(quantity->rest, "can");
  EXPECT_EQ(ParseLeadingQuantity("5%")->unit, "%");
  for (const char* none : {"oz 12", "12-14 oz", "", "x", "12/5"}) {
    EXPECT_FALSE(ParseLeadingQuantity(none) && ParseLeadingQuantity(none)->unit != "/") << none;
  }
  for (const char* ounce : {"oz", "OZ.", "ounce", "Ounces"}) EXPECT_EQ(UnitName(ounce), "oz");
  EXPECT_EQ(UnitName("kg"), "kg");
  EXPECT_NE(UnitName("lb"), UnitName("kg"));
}

TEST(PlainNumbersTest, WordsAndSignsGoWhereMostCellsArePlain) {
  const TestSource source("t.csv", Table("age,share,town", 40, [](int i) {
                            return (i == 3   ? "about 33"
                                    : i == 4 ? "x7"
                                             : std::to_string(20 + i)) +
                                   "," + (i % 10 == 0 ? "0.2%" : "0." + std::to_string(1 + i % 9)) +
                                   ",t" + std::to_string(i % 5);
                          }));
  const RepairPlan plan = source.Plan("repairs: [plain_numbers]");
  const Dataset repaired = ApplyRepairs(source.data(), plan);
  EXPECT_EQ(ColumnTexts(repaired, "age")[3], "33");
  EXPECT_EQ(ColumnTexts(repaired, "age")[4], std::nullopt);
  EXPECT_EQ(CellsOfFix(plan, "plain_numbers:share"), 4);
  EXPECT_EQ(ColumnTexts(repaired, "share")[0],
            "0.2");  // of the others' size: the sign says nothing
}

TEST(PlainNumbersTest, PercentAmongFractionsIsDividedAndAPlainStyleLeftAlone) {
  const TestSource source("t.csv", Table("rate,price", 40, [](int i) {
                            return (i % 10 == 0 ? "45%" : "0.4" + std::to_string(i % 10)) + ",$" +
                                   std::to_string(i) + ".50";
                          }));
  const RepairPlan plan = source.Plan("repairs: [plain_numbers]");
  EXPECT_EQ(ColumnTexts(ApplyRepairs(source.data(), plan), "rate")[0], "0.45");
  EXPECT_EQ(CellsOfFix(plan, "plain_numbers:price"), 0);  // all prices are written so
}

TEST(PlainNumbersTest, AUnitWrittenInSeveralWaysMakesANumberColumn) {
  const std::vector<std::string> ways = {"oz", "oz.", "ounces", "OZ. can"};
  const TestSource source(
      "t.csv", Table("size,weight,mixed", 40, [&](int i) {
        return std::to_string(8 + i % 4) + ".0 " + ways[static_cast<size_t>(i % 4)] + "," +
               std::to_string(1 + i % 3) + " kg," + std::to_string(i % 6) + (i % 2 ? " kg" : " lb");
      }));
  const RepairPlan plan = source.Plan("repairs: [plain_numbers]");
  const Dataset repaired = ApplyRepairs(source.data(), plan);
  const Column& size = repaired.columns[static_cast<size_t>(repaired.Find("size"))];
  EXPECT_EQ(size.type, FeatureType::kNumber);
  EXPECT_EQ(ColumnTexts(repaired, "size")[1], "9");
  EXPECT_EQ(ColumnTexts(repaired, "weight")[0], "1 kg");  // the table's own style: suggested
  EXPECT_EQ(CellsOfFix(plan, "plain_numbers:weight"), 41);
  EXPECT_EQ(CellsOfFix(plan, "plain_numbers:mixed"), 0);  // two units
  // Without one of the cells the column stays as it is, rather than lose that cell.
  RepairPlan partly = plan;
  SetApplied({"0"}, false, &partly);
  EXPECT_EQ(ApplyRepairs(source.data(), partly).columns[0].type, source.data().columns[0].type);
}

TEST(MarkMissingTest, SpellingsOfMissingAreWrittenEmpty) {
  const TestSource source("t.csv", Table("a,b", 30, [](int i) {
                            return std::string(i % 5   ? "x"
                                               : i % 2 ? "N/A"
                                                       : "?") +
                                   "," + (i % 7 ? std::to_string(i) : "");
                          }));
  const RepairPlan plan = source.Plan("repairs: [mark_missing]");
  EXPECT_EQ(CellsOfFix(plan, "mark_missing:a"), 6);
  EXPECT_EQ(CellsOfFix(plan, "mark_missing:b"), 0);  // empty already
  EXPECT_TRUE(ApplyRepairs(source.data(), plan).table->Equals(*source.data().table));
  EXPECT_EQ(CellsOfFix(source.Plan("repairs: [{mark_missing: {spellings: no}}]"), "mark_missing:a"),
            0);
}

TEST(MoveValuesTest, AValueInTheWrongCellGoesBack) {
  const std::vector<std::string> states = {"CA", "NY", "TX"};
  const auto row = [&](int i) {
    const std::string& state = states[static_cast<size_t>(i % 3)];
    return i % 10 == 0 ? "Town " + std::to_string(i % 4) + " " + state + ","
                       : "Town " + std::to_string(i % 4) + "," + state;
  };
  const TestSource source("t.csv", Table("city,state", 90, row));
  const RepairPlan plan = source.Plan("repairs: [move_values]");
  const Dataset repaired = ApplyRepairs(source.data(), plan);
  EXPECT_EQ(ColumnTexts(repaired, "city")[0], "Town 0");
  EXPECT_EQ(ColumnTexts(repaired, "state")[0], "CA");
  EXPECT_EQ(CellsOfFix(plan, "move_values:city"), 9);
  // Where cells end so whether or not the other is there, nothing slipped.
  const TestSource innocent("t.csv", Table("name,state", 90, [&](int i) {
                              const std::string& state = states[static_cast<size_t>(i % 3)];
                              return "Club " + state + "," + (i % 10 == 0 ? "" : state);
                            }));
  EXPECT_TRUE(innocent.Plan("repairs: [move_values]").repairs.empty());
}

TEST(StripSpacesTest, InnerSpacesThatNobodyContradictsAreOnlySuggested) {
  const TestSource source("t.csv", Table("a,b", 30, [](int i) {
                            return std::string(i % 2 ? "one  two" : "three") + "," +
                                   (i % 3 == 0   ? "x  y"
                                    : i % 3 == 1 ? "x y"
                                                 : " z");
                          }));
  const Dataset repaired = ApplyRepairs(source.data(), source.Plan("repairs: [strip_spaces]"));
  EXPECT_EQ(ColumnTexts(repaired, "a")[1], "one  two");
  EXPECT_EQ(ColumnTexts(repaired, "b")[0], "x y");
  EXPECT_EQ(ColumnTexts(repaired, "b")[2], "z");
}

TEST(FollowRulesTest, ACellThatBreaksARuleGetsTheMostProbableValueWithItsEvidence) {
  const TestSource source("t.csv", Table("zip,town,n", 400, [](int i) {
                            const int zip = i % 20;
                            std::string town = "Town" + std::to_string(zip % 7);
                            if (i == 57) town = "Nowhere";
                            if (i == 201) town = "";
                            return "z" + std::to_string(zip) + "," + town + "," +
                                   std::to_string(i * 37 % 101);
                          }));
  const RepairPlan plan = source.Plan("repairs: [follow_rules]");
  const Dataset repaired = ApplyRepairs(source.data(), plan);
  EXPECT_EQ(ColumnTexts(repaired, "town")[57], "Town3");
  EXPECT_EQ(ColumnTexts(repaired, "town")[201], "Town1");
  EXPECT_EQ(CellsOfFix(plan, "follow_rules:town"), 2);
  for (const Repair& repair : plan.repairs) {
    EXPECT_THAT(repair.reason, HasSubstr("other rows with zip 'z"));
    EXPECT_GT(repair.confidence, 0.8);
  }
  EXPECT_EQ(CellsOfFix(source.Plan("repairs: [{follow_rules: {fill: no}}]"), "follow_rules:town"),
            1);
}

TEST(SurvivorTest, EachRuleKeepsItsRow) {
  const std::string text =
      "id,day,name,phone,mail\n"
      "1,2024-01-05,Ann,,a@x.org\n"
      "1,2024-03-01,Ann,555,\n"
      "1,2024-02-01,Anna,444,b@x.org\n"
      "2,2024-01-01,Bob,1,\n"
      "2,2024-01-01,Bob,1,\n"
      ",2024-01-01,Cy,2,\n"
      ",2024-01-02,Di,2,\n";
  const TestSource source("t.csv", text,
                          "types: {id: category, name: category, phone: category, "
                          "mail: category}");
  const auto kept = [&](const std::string& rule) {
    return ApplyRepairs(
        source.data(),
        source.Plan("repairs: [{drop_duplicates: {keys: [id], keep: " + rule + "}}]"));
  };
  EXPECT_EQ(kept("first").rows, (std::vector<int64_t>{0, 3, 5, 6}));
  EXPECT_EQ(kept("last").rows, (std::vector<int64_t>{2, 4, 5, 6}));
  EXPECT_EQ(kept("newest").rows, (std::vector<int64_t>{1, 3, 5, 6}));
  EXPECT_EQ(kept("most_complete").rows, (std::vector<int64_t>{2, 3, 5, 6}));
  const TestSource gaps("t.csv",
                        "id,day,a,b,c\n1,2024-01-05,x,,1\n1,2024-03-01,,z,\n1,2024-02-01,y,w,\n",
                        "types: {id: category, a: category, b: category, c: category}");
  const Dataset merged = ApplyRepairs(
      gaps.data(), gaps.Plan("repairs: [{drop_duplicates: {keys: [id], keep: merge}}]"));
  // Rows 0 and 2 are equally complete; the newer one stays and takes what it misses.
  EXPECT_EQ(merged.rows, (std::vector<int64_t>{2}));
  EXPECT_EQ(ColumnTexts(merged, "a")[0], "y");
  EXPECT_EQ(ColumnTexts(merged, "b")[0], "w");
  EXPECT_EQ(ColumnTexts(merged, "c")[0], "1");
  EXPECT_THROW(source.Plan("repairs: [{drop_duplicates: {keys: [idd]}}]"), Error);
  EXPECT_THROW(source.Plan("repairs: [{drop_duplicates: {keep: newest, by: name}}]"), Error);
}

TEST(DropDuplicatesTest, NamesOfTheirOwnTellRowsApart) {
  const auto row = [](int i) {
    const int twin = i == 31 ? 30 : i;
    return "No" + std::to_string(1000 + i) + ",name number " + std::to_string(twin) + " here," +
           std::to_string(twin * 37 % 101) + "," + std::to_string(twin * 53 % 97) + "," +
           std::to_string(twin * 11 % 89);
  };
  const std::string types = "types: {no: identifier, name: identifier}";
  const TestSource same("t.csv", Table("no,name,a,b,c", 200, row), types);
  const RepairPlan plan = same.Plan("repairs: [drop_duplicates]");
  ASSERT_EQ(CellsOfFix(plan, "drop_duplicates"), 1);
  EXPECT_FALSE(plan.repairs[0].apply);  // numbered rows, nothing to learn: suggested
  const TestSource named("t.csv",
                         Table("no,name,a,b,c", 200,
                               [&](int i) {
                                 std::string text = row(i);
                                 return i == 31 ? Replace(text, "number 30", "number 31") : text;
                               }),
                         types);
  EXPECT_EQ(CellsOfFix(named.Plan("repairs: [drop_duplicates]"), "drop_duplicates"), 0);
}

TEST(RedactTest, ColumnsByNameAndWhatIsFoundOnlyWhenTold) {
  setenv("BOTTEGA_REDACT_KEY", "0123456789abcdef0123", 1);
  const TestSource source("t.csv",
                          Table("mail,note,n", 40,
                                [](int i) {
                                  return "user" + std::to_string(i % 20) + "@example.com,call bob" +
                                         std::to_string(i) + "@example.org now please," +
                                         std::to_string(i);
                                }),
                          "types: {mail: category, note: text}");
  const RepairPlan found = source.Plan("repairs: [redact]");
  EXPECT_TRUE(Chosen(found).repairs.empty());
  RepairPlan told = found;
  SetApplied({"redact"}, true, &told);
  const Dataset masked = ApplyRepairs(source.data(), told);
  EXPECT_THAT(*ColumnTexts(masked, "note")[3], testing::Not(HasSubstr("bob3@example.org")));
  EXPECT_THAT(*ColumnTexts(masked, "note")[3], HasSubstr("call "));
  EXPECT_EQ(RepairsToJson(told).dump().find("@example"), std::string::npos);  // no personal values
  const RepairPlan hash = source.Plan("repairs: [{redact: {columns: {mail: hash, note: drop}}}]");
  const Dataset hashed = ApplyRepairs(source.data(), hash);
  const Cells mails = ColumnTexts(hashed, "mail");
  EXPECT_EQ(mails[0]->size(), 32u);
  EXPECT_EQ(mails[0], mails[20]);
  EXPECT_NE(mails[0], mails[1]);
  EXPECT_EQ(ColumnTexts(hashed, "note")[0], std::nullopt);
  setenv("BOTTEGA_REDACT_KEY", "another key of some length", 1);
  EXPECT_NE(ColumnTexts(ApplyRepairs(source.data(), hash), "mail")[0], mails[0]);
  unsetenv("BOTTEGA_REDACT_KEY");
  EXPECT_THROW(ApplyRepairs(source.data(), hash), Error);
  setenv("BOTTEGA_REDACT_KEY", "short", 1);
  EXPECT_THROW(ApplyRepairs(source.data(), hash), Error);
  unsetenv("BOTTEGA_REDACT_KEY");
  EXPECT_THROW(source.Plan("repairs: [{redact: {columns: {male: hash}}}]"), Error);
}

}  // namespace
}  // namespace bottega

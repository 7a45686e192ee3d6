#include "profile/expectations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "base/files.h"
#include "data/open.h"

namespace bottega {
namespace {

using testing::HasSubstr;

Json SectionWith(const Json& columns) {
  return {{"rows", Json::object()}, {"extra_columns", "allow"}, {"columns", columns}};
}

std::string Csv(int rows) {
  std::string csv = "id,code,colour,weight,day\n";
  for (int i = 0; i < rows; ++i) {
    csv += std::to_string(1000 + i) + ",AB-" + std::to_string(1000 + i * 7 % 9000) + "," +
           (i % 3 == 0   ? "red"
            : i % 3 == 1 ? "green"
                         : "blue") +
           "," + (i % 20 == 0 ? "" : std::to_string(i % 17) + ".5") + ",2024-01-" +
           (i % 28 < 9 ? "0" : "") + std::to_string(i % 28 + 1) + "\n";
  }
  return csv;
}

class ExpectationsTest : public testing::Test {
 protected:
  Dataset Read(const std::string& csv, const Expectations& expected = {}) {
    WriteFileAtomic(folder_.path() / "t.csv", csv);
    return ReadTyped(folder_.path() / "t.csv", [&](const std::vector<std::string>& names) {
      return DeclaredTypes(expected, names);
    });
  }
  TemporaryFolder folder_;
};

TEST_F(ExpectationsTest, WhatWasSeenHoldsAndReadsBack) {
  const Dataset data = Read(Csv(200));
  const Expectations inferred = InferExpectations(data);
  EXPECT_TRUE(CheckExpectations(inferred, data).empty());
  const std::string yaml = ExpectationsYaml(inferred, "t.csv");
  EXPECT_THAT(yaml, HasSubstr("'code': {type: identifier, missing: 0, unique: true, pattern: "
                              "'\\p{L}{2}\\-[0-9]{4}'}"));
  EXPECT_THAT(
      yaml, HasSubstr("'colour': {type: category, missing: 0, values: ['blue', 'green', 'red']}"));
  EXPECT_THAT(yaml, HasSubstr("'weight': {type: number, missing: 0.11, min: 0, max: 18.1}"));
  EXPECT_THAT(yaml, HasSubstr("'day': {type: date, missing: 0, min: 2023-12-29, max: 2024-01-31}"));
}

TEST_F(ExpectationsTest, EachRuleNamesItsCells) {
  const Expectations expected = InferExpectations(Read(Csv(200)));
  std::string csv = Csv(200);
  csv += "1000,AB-99,mauve,-3,1999-01-01\n1201,AB-1234,red,heavy,2024-01-05\n";
  const std::vector<Violation> broken = CheckExpectations(expected, Read(csv, expected));
  std::vector<std::string> lines;
  for (const Violation& v : broken) {
    lines.push_back(v.column + " " + v.rule + " " + std::to_string(v.count) + " " +
                    std::to_string(v.rows.empty() ? -1 : v.rows[0]));
  }
  EXPECT_THAT(lines, testing::UnorderedElementsAre("id unique 1 200", "code pattern 1 200",
                                                   "colour values 1 200", "weight min 1 200",
                                                   "weight type 1 201", "day min 1 200"));
}

TEST_F(ExpectationsTest, WrongSectionsSayWhatIsMeant) {
  const auto hint = [](const Json& about) {
    try {
      ParseExpectations(SectionWith({{"age", about}}));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kRecipe);
      return error.message() + " | " + error.hint();
    }
    return std::string("no error");
  };
  EXPECT_EQ(hint({{"mox", 3}}), "expect.columns.age: there is no key 'mox' | did you mean max?");
  EXPECT_THAT(hint({{"pattern", "[a"}}), HasSubstr("is no regular expression"));
  EXPECT_THAT(hint({{"min", "soon"}}), HasSubstr("must be a number or a date"));
  EXPECT_THAT(hint({{"length", 3}}), HasSubstr("must be two whole numbers"));
}

TEST_F(ExpectationsTest, TablesAndColumns) {
  Json section = SectionWith({{"x", Json::object()}});
  section["rows"] = {{"min", 10}};
  section["extra_columns"] = "refuse";
  const std::vector<Violation> broken =
      CheckExpectations(ParseExpectations(section), Read("x,y\n1,2\n3,4\n"));
  ASSERT_EQ(broken.size(), 2u);
  EXPECT_EQ(broken[0].message, "there are 2 rows, at least 10 must be");
  EXPECT_EQ(broken[1].column, "y");
}

}  // namespace
}  // namespace bottega

#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"
#include "data/open.h"

namespace bottega {
namespace {

using testing::HasSubstr;

class ReadingProblemsTest : public testing::Test {
 protected:
  Dataset Read(const std::string& more) {
    std::string csv = "age,city,pays\n";
    for (int i = 0; i < 40; ++i) {
      csv += std::to_string(20 + i * 7 % 50) + (i % 2 ? ",Rome," : ",Bari,") +
             (i % 3 ? "yes\n" : "no\n");
    }
    WriteFileAtomic(folder_.path() / "people.csv", csv + more);
    return InferDataset(folder_.path() / "people.csv", "pays").data;
  }

  TemporaryFolder folder_;
};

TEST_F(ReadingProblemsTest, EachAtItsLine) {
  const std::vector<Finding> found = FindingsOf(
      "reading_problems", Read("1,Rome\nold,Bari,no\n30,Z\xC3\xBCrich \xC3\xB6 B\xFFri,no\n31,Ba" +
                               std::string(1, '\0') + "ri,no\n"));
  ASSERT_EQ(found.size(), 4u);
  std::map<std::string, const Finding*> by_kind;
  for (const Finding& finding : found) {
    by_kind[finding.detail["kind"].get<std::string>()] = &finding;
    EXPECT_EQ(finding.severity, Severity::kWarning) << finding.message;
    EXPECT_THAT(finding.place.file, HasSubstr("people.csv"));
    EXPECT_THAT(finding.fix, testing::Not(HasSubstr("nothing to do"))) << finding.message;
  }
  ASSERT_EQ(by_kind.size(), 4u);
  EXPECT_EQ(by_kind.at("ragged_row")->place.line, 42);
  EXPECT_EQ(by_kind.at("ragged_row")->place.row, 40);
  EXPECT_THAT(by_kind.at("ragged_row")->fix, HasSubstr("quote fields"));
  EXPECT_EQ(by_kind.at("mixed_type")->place.line, 43);
  EXPECT_EQ(by_kind.at("mixed_type")->place.column, "age");
  EXPECT_THAT(by_kind.at("mixed_type")->fix, HasSubstr("data.types"));
  EXPECT_EQ(by_kind.at("invalid_utf8")->place.line, 44);
  EXPECT_EQ(by_kind.at("nul_bytes")->place.line, 45);
}

TEST_F(ReadingProblemsTest, CellsOfOneColumnTogether) {
  const std::vector<Finding> found =
      FindingsOf("reading_problems", Read("old,Bari,no\nold,Rome,no\nno idea,Rome,no\n"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(
      found[0].message,
      "3 cells of 'age' could not be read, as 'old' (2), 'no idea' (1); they were read as missing");
  EXPECT_EQ(found[0].detail["rows"], (std::vector<int64_t>{40, 41, 42}));
}

TEST_F(ReadingProblemsTest, ChoicesOfReadingAreInfos) {
  Dataset data = TestDataset().Number("x", RandomNumbers(9, 1)).Make();
  data.issues = {{"preamble", {.file = "a.csv", .line = 1}, "two lines before the table"},
                 {"truncated_file", {.file = "a.jpg"}, "not this check's business"}};
  const std::vector<Finding> found = FindingsOf("reading_problems", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_EQ(found[0].place.line, 1);
}

TEST_F(ReadingProblemsTest, NothingInACleanFile) {
  EXPECT_TRUE(FindingsOf("reading_problems", Read("")).empty());
}

}  // namespace
}  // namespace bottega

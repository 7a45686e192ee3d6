#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

class ReferencePopulationTest : public testing::Test {
 protected:
  std::vector<Finding> Found(const std::string& census) {
    const std::string path = (folder_.path() / "census.csv").string();
    WriteFileAtomic(path, census);
    return FindingsOf("reference_population", People(), "{reference: '" + path + "'}");
  }

  static CheckOutcome Outcome(const std::string& path) {
    return RunOnly("reference_population", People(), "{reference: '" + path + "'}").checks[0];
  }

  // 300 women and 700 men of 20 to 69 years.
  static Dataset People() {
    TextCells sex;
    std::vector<double> age = RandomNumbers(1000, 1, 50);
    for (size_t i = 0; i < 1000; ++i) {
      sex.push_back(i % 10 < 3 ? "F" : "M");
      age[i] += 20;
    }
    return TestDataset().Text("sex", sex).Number("age", age).Make();
  }

  TemporaryFolder folder_;
};

TEST_F(ReferencePopulationTest, SharesBelowAndAbove) {
  const std::vector<Finding> found = Found("Sex,share\nf,0.51\nm,0.49\n");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].place.column, "sex");
  const Json& women = found[0].detail["groups"][0];
  EXPECT_EQ(women["name"], "f");
  EXPECT_EQ(women["condition"], "sex = 'F'");
  EXPECT_EQ(women["rows"], 300);
  EXPECT_NEAR(women["share"], 0.3, 1e-9);
  EXPECT_EQ(women["gather"], 429);  // 729 of 1,429 are 51 %
  EXPECT_EQ(found[1].severity, Severity::kInfo);
  EXPECT_THAT(found[1].message, HasSubstr("too large a share"));
}

TEST_F(ReferencePopulationTest, RangesOfNumbersAndGroupsOutside) {
  EXPECT_TRUE(Found("age,count\n20-29,200\n30-39,200\n40-49,200\n50 to 59,200\n60+,200\n").empty());
  const std::vector<Finding> found = Found("age,count\n<30,10\n30-39,10\n40-49,10\n50-64,15\n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].message, HasSubstr("in no group that the reference has of 'age'"));
}

TEST_F(ReferencePopulationTest, AbsentGroupsAndLongTables) {
  const std::vector<Finding> found =
      Found("column,value,share\nsex,F,30\nsex,M,68\nsex,X,2\nage,20-69,1\nother,z,1\n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].detail["groups"][0]["name"], "X");
  EXPECT_EQ(found[0].detail["groups"][0]["rows"], 0);
}

TEST_F(ReferencePopulationTest, MistakesInTheReference) {
  const auto complaint = [&](const std::string& census) {
    try {
      WriteFileAtomic(folder_.path() / "census.csv", census);
      return Outcome((folder_.path() / "census.csv").string()).reason;
    } catch (const Error& error) {
      return error.message();
    }
  };
  EXPECT_THAT(complaint("gender,share\nF,0.5\nM,0.5\n"), HasSubstr("none of its columns"));
  EXPECT_THAT(complaint("sex,rate\nF,0.5\nM,0.4\n"), HasSubstr("no column is called share"));
  EXPECT_THAT(complaint("sex,share\nF,half\nM,0.4\n"), HasSubstr("row 0 has no share"));
  EXPECT_THAT(complaint("age,share\nyoung,0.5\nold,0.4\n"), HasSubstr("is no range of numbers"));
  EXPECT_THAT(SkipReason("reference_population", People()), HasSubstr("no reference population"));
  EXPECT_EQ(Outcome("nowhere.csv").fault, ErrorKind::kMissing);
}

}  // namespace
}  // namespace bottega

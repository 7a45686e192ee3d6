#include "audit/test_audit.h"
#include "base/error.h"

namespace bottega {
namespace {

// Crowds of equal people, and three who stand alone.
Dataset People() {
  std::vector<double> age;
  TextCells sex, town, illness;
  for (int i = 0; i < 60; ++i) {
    age.push_back(i < 30 ? 40 : 50);
    sex.push_back(i % 2 ? "f" : "m");
    town.push_back("north");
    illness.push_back(i < 30 ? "flu" : i % 3 ? "flu" : "hiv");
  }
  for (int i = 0; i < 3; ++i) {
    age.push_back(71 + 2 * i);
    sex.push_back("f");
    town.push_back("south");
    illness.push_back("hiv");
  }
  return TestDataset()
      .Number("age", age)
      .Text("sex", sex)
      .Text("city", town)
      .Text("diagnosis", illness)
      .Make();
}

TEST(KAnonymityCheck, CountsWhoStandsAlone) {
  const std::vector<Finding> findings = FindingsOf("k_anonymity", People());
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].severity, Severity::kWarning);
  EXPECT_EQ(findings[0].detail["columns"], Json::array({"age", "sex", "city"}));
  EXPECT_EQ(findings[0].detail["k"], 1);
  EXPECT_EQ(findings[0].detail["rows_below_k"], 3);
  EXPECT_EQ(findings[0].detail["unique_rows"], 3);
  EXPECT_EQ(findings[0].detail["rows"], Json::array({60, 61, 62}));
  EXPECT_EQ(findings[1].place.column, "diagnosis");
  EXPECT_EQ(findings[1].detail["distinct_l"], 1);
  EXPECT_EQ(findings[1].detail["uniform_rows"], 30);
}

TEST(KAnonymityCheck, TakesGivenColumns) {
  const auto findings =
      FindingsOf("k_anonymity", People(), "{columns: [sex], confidential: [city], k: 20, l: 1}");
  EXPECT_TRUE(findings.empty());  // two classes of 30 and more
  EXPECT_THROW(RunOnly("k_anonymity", People(), "{columns: [sexx]}"), Error);
}

TEST(KAnonymityCheck, SkipsTablesThatAreNotAboutPeople) {
  const Dataset places = TestDataset()
                             .Text("city", RandomTexts(50, 1, {"a", "b"}))
                             .Text("zip", RandomTexts(50, 2, {"12345", "23456"}))
                             .Number("size", RandomNumbers(50, 3))
                             .Make();
  EXPECT_NE(SkipReason("k_anonymity", places), "");
}

}  // namespace
}  // namespace bottega

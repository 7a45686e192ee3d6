#include "audit/test_audit.h"

namespace bottega {
namespace {

Dataset People() {
  TextCells notes, mails;
  for (int i = 0; i < 30; ++i) {
    notes.push_back(i == 4 ? "paid with 4111 1111 1111 1111 today"
                           : "all is well with number " + std::to_string(i));
    mails.push_back("p" + std::to_string(i) + "@example.org");
  }
  return TestDataset()
      .Text("note", notes, FeatureType::kText)
      .Text("email", mails, FeatureType::kIdentifier, Role::kIgnored)
      .Number("size", RandomNumbers(30, 1))
      .Make();
}

TEST(PersonalDataCheck, NamesColumnsAndRows) {
  const std::vector<Finding> findings = FindingsOf("personal_data", People());
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].severity, Severity::kError);
  EXPECT_EQ(findings[0].place.column, "note");
  EXPECT_EQ(findings[0].place.row, 4);
  EXPECT_EQ(findings[0].message,
            "'note' mentions card numbers in 1 row, as in '**** **** **** **11'");
  EXPECT_EQ(findings[0].detail["rows"], Json::array({4}));
  EXPECT_EQ(findings[0].detail["form"], "Visa");
  EXPECT_EQ(findings[1].severity, Severity::kInfo);  // no model is given it
  EXPECT_TRUE(findings[1].detail["whole"].get<bool>());
  EXPECT_EQ(findings[1].detail["count"], 30);
}

TEST(PersonalDataCheck, NeverEchoesValues) {
  for (const Finding& finding : FindingsOf("personal_data", People())) {
    const std::string all = finding.message + finding.fix + finding.detail.dump();
    EXPECT_EQ(all.find("4111"), std::string::npos);
    EXPECT_EQ(all.find("p0@example.org"), std::string::npos);
  }
}

TEST(PersonalDataCheck, LooksForTheKindsAsked) {
  const auto findings = FindingsOf("personal_data", People(), "{kinds: [email]}");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].detail["kind"], "email");
  EXPECT_TRUE(FindingsOf("personal_data", People(), "{confidence: 1}").empty());
}

TEST(PersonalDataCheck, PassesStrangeTables) {
  EXPECT_TRUE(FindingsOf("personal_data", TestDataset().Text("email", {"a"}).Make()).empty());
  EXPECT_TRUE(
      FindingsOf("personal_data", TestDataset().Text("email", {std::nullopt, std::nullopt}).Make())
          .empty());
  EXPECT_TRUE(FindingsOf("personal_data", TestDataset().Number("n", {1, kMissing}).Make()).empty());
  EXPECT_NE(
      SkipReason("personal_data", TestDataset().Text("b", {"y", "n"}, FeatureType::kBinary).Make()),
      "");
}

}  // namespace
}  // namespace bottega

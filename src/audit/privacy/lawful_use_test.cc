#include "audit/test_audit.h"

namespace bottega {
namespace {

AuditResult AuditWith(const Dataset& data, const char* recipe) {
  const Json read = Json::parse(recipe);
  return RunAudit(data, ResolveSection(AuditSection(), "checks: [lawful_use]", {CheckSpecs()}),
                  {.recipe = &read});
}

Dataset Customers() {
  return TestDataset()
      .Text("opt_in", {"yes", "no", "yes", std::nullopt})
      .Text("left", {std::nullopt, std::nullopt, "2020-01-01", std::nullopt})
      .Number("income", {1, 2, 3, 4})
      .Make();
}

TEST(LawfulUseCheck, TellsWhichRowsMayNotBeLearnedFrom) {
  const AuditResult audit =
      AuditWith(Customers(), R"({"data": {"people": {"consent": "opt_in", "withdrawn": "left"}}})");
  ASSERT_EQ(audit.findings.size(), 2u);
  EXPECT_EQ(audit.findings[0].severity, Severity::kError);
  EXPECT_EQ(audit.findings[0].detail["kind"], "withdrawn");
  EXPECT_EQ(audit.findings[0].detail["rows"], Json::array({2}));
  EXPECT_EQ(audit.findings[1].detail["rows"], Json::array({1, 3}));
  ASSERT_EQ(audit.scores.size(), 1u);
  EXPECT_EQ(audit.scores[0].rows, (std::vector<float>{1, 0, 0, 0}));
}

TEST(LawfulUseCheck, SeesConsentThatNobodyHeeds) {
  const AuditResult audit = AuditWith(Customers(), R"({"data": {}})");
  ASSERT_EQ(audit.findings.size(), 1u);
  EXPECT_EQ(audit.findings[0].severity, Severity::kError);
  EXPECT_NE(audit.findings[0].fix.find("data.people: {consent: opt_in}"), std::string::npos);
}

TEST(LawfulUseCheck, ReadsLicences) {
  const Dataset data = TestDataset().Number("x", {1, 2}).Make();
  EXPECT_EQ(AuditWith(data, R"({"data": {"licence": "CC-BY-NC-ND-4.0"}})").findings.size(), 1u);
  EXPECT_TRUE(AuditWith(data, R"({"data": {"licence": "CC-BY-4.0"}})").findings.empty());
  EXPECT_NE(SkipReason("lawful_use", data), "");
}

}  // namespace
}  // namespace bottega

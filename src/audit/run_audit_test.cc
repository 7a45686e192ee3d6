#include "audit/run_audit.h"

#include <gtest/gtest.h>

#include "audit/audit_section.h"
#include "audit/check.h"
#include "audit/result_json.h"

namespace bottega {
namespace {

TEST(RunAuditTest, SectionRunsEveryCheckThatExists) {
  std::vector<std::string> names;
  for (const Spec* spec : CheckSpecs()) names.push_back(spec->name);
  EXPECT_EQ(AuditSection().Find("checks")->fallback.get<std::vector<std::string>>(), names);
}

TEST(RunAuditTest, SpecsSayHowGraveTheirFindingsAre) {
  for (const Spec* spec : CheckSpecs()) {
    EXPECT_EQ(spec->kind, "check");
    EXPECT_NE(spec->text.find("Severity"), std::string::npos) << spec->name;
    for (const Param& param : spec->params) EXPECT_FALSE(param.what.empty()) << spec->name;
  }
}

TEST(RunAuditTest, ResultsSurviveTheRoundTripThroughJson) {
  AuditResult result{.checks = {{"missing_values", true, "", 2}}, .rows = 5};
  for (int i = 0; i < 2; ++i) {
    result.findings.push_back({.id = "missing_values-" + std::to_string(i + 1),
                               .check = "missing_values",
                               .severity = Severity::kError,
                               .confidence = 0.5,
                               .place = {.file = "a.csv", .row = i},
                               .message = "m",
                               .fix = "f",
                               .detail = {{"n", i}}});
  }
  const Json json = AuditToJson(result, 1);
  EXPECT_EQ(json["findings"].size(), 1u);
  const AuditResult back = AuditFromJson(json, "audit.json");
  EXPECT_EQ(back.checks[0].count, 2);
  EXPECT_EQ(back.findings[0].place.row, 0);
  EXPECT_EQ(back.findings[0].place.line, -1);
  EXPECT_EQ(back.findings[0].severity, Severity::kError);
  EXPECT_TRUE(FailsGate(back, "error"));
  EXPECT_FALSE(FailsGate(back, "none"));
}

}  // namespace
}  // namespace bottega

#include "audit/upkeep/overdue_audit.h"

#include <gtest/gtest.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

AuditResult Audit(const AuditMemory* memory) {
  const Dataset data = TestDataset().Number("x", RandomNumbers(40, 1)).Make();
  const Json section = ResolveSection(AuditSection(), "checks: [overdue_audit]", {CheckSpecs()});
  return RunAudit(data, section, {.memory = memory});
}

TEST(OverdueAuditTest, AnAuditThatComesLateSaysSo) {
  AuditMemory memory{.every = "30d", .now = UnixOf("2026-07-15T10:00:00Z")};
  EXPECT_TRUE(Audit(&memory).findings.empty()) << "the first audit is never late";
  memory.history = {{.time = "2026-05-01T10:00:00Z"}};
  const AuditResult late = Audit(&memory);
  ASSERT_EQ(late.findings.size(), 1u);
  EXPECT_EQ(late.findings[0].severity, Severity::kInfo);
  EXPECT_EQ(late.findings[0].message,
            "the audit before this one is 75 days old, and audit.every asks for one each 30d");
  memory.now = UnixOf("2026-05-31T10:00:00Z");
  EXPECT_TRUE(Audit(&memory).findings.empty());
  memory.every = "";
  EXPECT_EQ(Audit(&memory).checks[0].reason, "no interval is set (audit.every in the recipe)");
}

TEST(OverdueAuditTest, ATrainingAddsItToTheRunsAudit) {
  AuditResult audit{.checks = {{.name = "overdue_audit", .ran = false, .reason = "x"}}};
  AddOverdue({true, "the data changed"}, Severity::kWarning, "a.csv", &audit);
  ASSERT_EQ(audit.findings.size(), 1u);
  EXPECT_EQ(audit.findings[0].message,
            "this training began although an audit was due: the data changed");
  EXPECT_TRUE(audit.checks[0].ran);
  EXPECT_EQ(audit.checks[0].open, (SeverityCounts{0, 1, 0}));
  AuditResult without;
  AddOverdue({true, "x"}, Severity::kWarning, "a.csv", &without);
  EXPECT_EQ(without.checks.size(), 1u);
}

}  // namespace
}  // namespace bottega

#include <gtest/gtest.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

AuditResult Audit(const AuditMemory* memory) {
  const Dataset data = TestDataset()
                           .Number("x", RandomNumbers(40, 1))
                           .Text("currency", TextCells(40, "EUR"))
                           .Text("unit", TextCells(40, "kg"))
                           .Make();
  const std::string yaml = "checks: [expired_waiver, constant_column]";
  return RunAudit(data, ResolveSection(AuditSection(), yaml, {CheckSpecs()}), {.memory = memory});
}

Waiver Of(const std::string& target, const std::string& until) {
  return {target, "one market", "Ada", until, "waivers.yaml"};
}

TEST(ExpiredWaiverTest, RunsAfterTheOthersAndTellsWhatCountsAgain) {
  AuditMemory memory{.today = "2026-06-01"};
  memory.waivers = {Of("constant_column:currency", "2026-05-31"),
                    Of("constant_column:unit", "2026-06-01"),
                    Of("constant_column:gone", "2025-01-01")};
  const AuditResult audit = Audit(&memory);
  ASSERT_EQ(audit.checks.back().name, "expired_waiver");
  ASSERT_EQ(audit.findings.size(), 4u);
  EXPECT_FALSE(audit.findings[0].waived);
  EXPECT_TRUE(audit.findings[1].waived);
  const Finding& expired = audit.findings[2];
  EXPECT_EQ(expired.severity, Severity::kWarning);
  EXPECT_EQ(expired.place.file, "waivers.yaml");
  EXPECT_EQ(
      expired.message,
      "the waiver of constant_column:currency by Ada (one market) held until 2026-05-31; what "
      "it covered counts again");
  EXPECT_EQ(audit.findings[3].severity, Severity::kInfo);
  EXPECT_NE(audit.findings[2].id, audit.findings[3].id);
}

TEST(ExpiredWaiverTest, SkipsWithoutWaivers) {
  EXPECT_EQ(Audit(nullptr).checks.back().reason, "there are no waivers");
  const AuditMemory memory{.today = "2026-06-01"};
  EXPECT_EQ(Audit(&memory).checks.back().reason, "there are no waivers");
}

}  // namespace
}  // namespace bottega

#include <gtest/gtest.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

AuditResult Audit(const AuditMemory* memory) {
  const Dataset data = TestDataset()
                           .Number("x", RandomNumbers(40, 1))
                           .Text("currency", TextCells(40, "EUR"))
                           .Number("gone", std::vector<double>(40, kMissing))
                           .Make();
  const std::string yaml = "checks: [missing_values, constant_column, audit_regression]";
  return RunAudit(data, ResolveSection(AuditSection(), yaml, {CheckSpecs()}), {.memory = memory});
}

AuditMemory After(std::map<std::string, SeverityCounts> checks, int64_t rows = 40) {
  AuditMemory memory;
  memory.history = {{.time = "2026-05-01T10:00:00Z", .rows = rows, .checks = std::move(checks)}};
  return memory;
}

std::vector<Finding> Regressions(const AuditMemory& memory) {
  std::vector<Finding> found;
  for (const Finding& finding : Audit(&memory).findings) {
    if (finding.check == "audit_regression") found.push_back(finding);
  }
  return found;
}

TEST(AuditRegressionTest, MoreErrorsAreAWarning) {
  const std::vector<Finding> found =
      Regressions(After({{"missing_values", {0, 2, 0}}, {"constant_column", {0, 9, 0}}}, 30));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(
      found[0].message,
      "missing_values has 1 error, 1 more than at the last audit, of 2026-05-01T10:00:00Z (30 "
      "rows then, 40 now)");
}

TEST(AuditRegressionTest, NewWarningsAreARemark) {
  const std::vector<Finding> found =
      Regressions(After({{"missing_values", {0, 0, 1}}, {"constant_column", {1, 0, 0}}}));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_EQ(
      found[0].message,
      "constant_column has 2 warnings, and had neither errors nor warnings at the last audit, "
      "of 2026-05-01T10:00:00Z");
}

TEST(AuditRegressionTest, NothingWorseOrNothingToCompare) {
  EXPECT_TRUE(
      Regressions(After({{"missing_values", {0, 0, 1}}, {"constant_column", {0, 1, 0}}})).empty());
  EXPECT_TRUE(Regressions(After({{"class_balance", {}}})).empty());
  EXPECT_EQ(Audit(nullptr).checks.back().reason, "there is no earlier audit of these data");
}

}  // namespace
}  // namespace bottega

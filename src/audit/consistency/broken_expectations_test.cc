#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

AuditResult Audit(const Dataset& data, const Json& columns) {
  const Json recipe = {
      {"expect", {{"rows", Json::object()}, {"extra_columns", "allow"}, {"columns", columns}}}};
  return RunAudit(data,
                  ResolveSection(AuditSection(), "checks: [broken_expectations]", {CheckSpecs()}),
                  {.recipe = &recipe});
}

TEST(BrokenExpectationsTest, NamesWhatDoesNotHold) {
  const Dataset data = TestDataset()
                           .Number("age", {30, 200, 40, -1})
                           .Text("colour", {"red", "green", "blue", std::nullopt})
                           .Make();
  const AuditResult result =
      Audit(data, {{"age", {{"min", 0}, {"max", 120}}},
                   {"colour", {{"values", {"red", "green"}}, {"missing", 0.1}}},
                   {"gone", {{"type", "number"}}}});
  ASSERT_EQ(result.findings.size(), 5u);
  EXPECT_EQ(result.findings[0].message, "'age': 1 cell is below 0");
  EXPECT_EQ(result.findings[0].place.row, 3);
  EXPECT_EQ(result.findings[0].severity, Severity::kWarning);
  EXPECT_EQ(result.findings[1].message, "'age': 1 cell is above 120");
  EXPECT_EQ(result.findings[2].message,
            "'colour': 25.0 % of the cells are empty, at most 10.0 % may be");
  EXPECT_EQ(result.findings[3].message, "'colour': 1 cell is none of the values that are allowed");
  EXPECT_EQ(result.findings[4].message, "'gone': is not there");
  EXPECT_EQ(result.findings[4].severity, Severity::kError);
}

TEST(BrokenExpectationsTest, WithoutExpectationsItDoesNotRun) {
  const AuditResult result = Audit(TestDataset().Number("x", {1}).Make(), Json::object());
  EXPECT_FALSE(result.checks[0].ran);
}

}  // namespace
}  // namespace bottega

#include "audit/baseline.h"

#include <gtest/gtest.h>

#include "audit/result_json.h"
#include "base/error.h"
#include "base/files.h"

namespace bottega {
namespace {

AuditResult Audit(const std::vector<std::pair<std::string, Severity>>& found) {
  AuditResult result{.checks = {{.name = "a"}, {.name = "b"}}};
  for (const auto& [id, severity] : found) {
    result.findings.push_back({.id = id, .check = id.substr(0, 1), .severity = severity});
    ++result.checks[id[0] == 'a' ? 0 : 1].count;
  }
  CountOutcomes(&result);
  return result;
}

TEST(BaselineTest, KnowsWhatWasThereAndCountsWhatIsGone) {
  const AuditResult before = Audit({{"a-1", Severity::kWarning}, {"a-2", Severity::kError}});
  AuditResult now = Audit({{"a-2", Severity::kWarning}, {"b-1", Severity::kInfo}});
  const BaselineOutcome outcome = ApplyBaseline(before, &now);
  EXPECT_TRUE(now.findings[0].known);
  EXPECT_FALSE(now.findings[1].known);
  EXPECT_EQ(outcome.fresh, 1);
  EXPECT_EQ(outcome.known, 1);
  EXPECT_EQ(outcome.fixed, 1);
  ASSERT_EQ(outcome.gone.size(), 1u);
  EXPECT_EQ(outcome.gone[0].id, "a-1");
  EXPECT_EQ(now.checks[0].open, (SeverityCounts{0, 0, 0}));
}

TEST(BaselineTest, AFindingThatBecameGraverIsNew) {
  AuditResult now = Audit({{"a-1", Severity::kError}});
  EXPECT_EQ(ApplyBaseline(Audit({{"a-1", Severity::kWarning}}), &now).fresh, 1);
  EXPECT_FALSE(now.findings[0].known);
}

TEST(BaselineTest, ACheckThatDidNotRunFixedNothing) {
  const AuditResult before = Audit({{"a-1", Severity::kWarning}, {"b-1", Severity::kError}});
  AuditResult now = Audit({});
  now.checks.pop_back();
  const BaselineOutcome outcome = ApplyBaseline(before, &now);
  EXPECT_EQ(outcome.fixed, 1);
  EXPECT_EQ(outcome.not_looked_at, std::vector<std::string>{"b"});
  AuditResult broken = Audit({});
  broken.checks[0].fault = ErrorKind::kInternal;
  EXPECT_EQ(ApplyBaseline(before, &broken).not_looked_at, std::vector<std::string>{"a"});
}

TEST(BaselineTest, ReadsTheFileAndWhatWasPrintedAlsoBeyondTheFindingsSpelledOut) {
  const AuditResult before = Audit(
      {{"a-1", Severity::kWarning}, {"a-2", Severity::kWarning}, {"a-3", Severity::kWarning}});
  TemporaryFolder folder;
  const Json json = AuditToJson(before, 1);
  WriteJson(folder.path() / "audit.json", json);
  WriteJson(folder.path() / "printed.json",
            {{"format", 1}, {"verb", "audit"}, {"ok", true}, {"result", json}});
  for (const char* name : {"audit.json", "printed.json"}) {
    AuditResult now = Audit({{"a-1", Severity::kWarning}, {"a-3", Severity::kWarning}});
    const BaselineOutcome outcome = ApplyBaseline(ReadBaseline(folder.path() / name), &now);
    EXPECT_EQ(outcome.known, 2);
    EXPECT_EQ(outcome.fixed, 1);
  }
  WriteJson(folder.path() / "other.json", {{"format", "bottega audit 1"}});
  EXPECT_THROW(ReadBaseline(folder.path() / "other.json"), Error);
  EXPECT_THROW(ReadBaseline(folder.path() / "none.json"), Error);
}

}  // namespace
}  // namespace bottega

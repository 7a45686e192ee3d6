#include "report/audit_html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "base/files.h"
#include "report/junit.h"
#include "report/sarif.h"

namespace bottega {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

AuditResult Audit() {
  AuditResult result{.rows = 1200};
  result.checks = {{.name = "exact_duplicates", .count = 2},
                   {.name = "missing_values", .count = 1},
                   {.name = "sensitive_proxy", .ran = false, .reason = "no column is sensitive"}};
  result.findings = {{.id = "exact_duplicates-1",
                      .check = "exact_duplicates",
                      .severity = Severity::kWarning,
                      .confidence = 1,
                      .place = {.file = "my data.csv", .row = 17, .line = 19},
                      .message = "rows 12 and 17 are the same",
                      .fix = "keep the first"},
                     {.id = "exact_duplicates-2",
                      .check = "exact_duplicates",
                      .severity = Severity::kInfo,
                      .confidence = 0.5,
                      .place = {.file = "my data.csv"},
                      .message = "<script>alert(1)</script>"},
                     {.id = "missing_values-1",
                      .check = "missing_values",
                      .severity = Severity::kError,
                      .confidence = 0.9,
                      .place = {.file = "my data.csv", .column = "age"},
                      .message = "'age' misses 40 % of its values",
                      .fix = "find out why"}};
  return result;
}

TEST(AuditHtmlTest, TellsFindingsWithoutScriptOrNetwork) {
  const std::string html = AuditHtml(
      Audit(), {.source = "my data.csv", .version = "0.1.0", .time = "now", .gate = "error"});
  EXPECT_THAT(html, HasSubstr("The gate fails: 1 finding is"));
  EXPECT_THAT(html, HasSubstr("my data.csv:19"));
  EXPECT_THAT(html, HasSubstr("keep the first"));
  EXPECT_THAT(html, HasSubstr("90 % sure"));
  EXPECT_THAT(html, HasSubstr("no column is sensitive"));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;"));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("http://")));
  if (const char* path = std::getenv("BOTTEGA_TEST_PAGE")) WriteFileAtomic(path, html);
}

TEST(AuditHtmlTest, AnAuditWithoutFindingsSaysSo) {
  const std::string html = AuditHtml({.rows = 3}, {.source = "x", .gate = "none"});
  EXPECT_THAT(html, HasSubstr("No check found anything"));
}

TEST(SarifTest, HasWhatViewersRead) {
  const Json sarif = ParseJson(AuditToSarif(Audit(), "0.1.0"), "audit.sarif");
  EXPECT_EQ(sarif["version"], "2.1.0");
  const Json& run = sarif["runs"][0];
  EXPECT_EQ(run["tool"]["driver"]["rules"].size(), 3u);
  ASSERT_EQ(run["results"].size(), 3u);
  EXPECT_EQ(run["results"][0]["level"], "warning");
  EXPECT_EQ(run["results"][1]["level"], "note");
  const Json& place = run["results"][0]["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"], "my%20data.csv");
  EXPECT_EQ(place["region"]["startLine"], 19);
  EXPECT_EQ(run["results"][2]["ruleIndex"], 1);
}

TEST(JunitTest, GateDecidesWhatFails) {
  const std::string xml = AuditToJunit(Audit(), "error");
  EXPECT_THAT(xml, HasSubstr("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\""));
  EXPECT_THAT(xml, HasSubstr("&lt;script&gt;"));
  EXPECT_THAT(AuditToJunit(Audit(), "none"), HasSubstr("failures=\"0\""));
  EXPECT_THAT(AuditToJunit(Audit(), "info"), HasSubstr("failures=\"2\""));
}

}  // namespace
}  // namespace bottega

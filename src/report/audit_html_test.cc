#include "report/audit_html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "audit/check.h"
#include "base/files.h"
#include "report/audit_history_html.h"
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
  CountOutcomes(&result);
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

TEST(AuditHtmlTest, SumsUpUnderFourHeadings) {
  const std::string html = AuditHtml(Audit(), {.source = "data/my data.csv", .gate = "none"});
  for (const char* area : {"Cleaning", "Annotation", "Diversity", "Quality control"}) {
    EXPECT_THAT(html, HasSubstr("<h3>" + std::string(area) + "</h3>"));
  }
  EXPECT_THAT(html, HasSubstr("<h1>my data.csv</h1>"));
  EXPECT_THAT(html, Not(HasSubstr("data/my data.csv")));
  EXPECT_THAT(html, HasSubstr("1 error, 1 warning, 1 remark"));
  EXPECT_THAT(html, HasSubstr("href=\"#check-missing_values\""));
}

TEST(AuditHtmlTest, FoldsWhatIsWaivedOrKnown) {
  AuditResult audit = Audit();
  audit.findings[0].waived = {"twins", "Ada", "2027-01-31"};
  audit.findings[2].known = true;
  CountOutcomes(&audit);
  const std::string html = AuditHtml(
      audit, {.source = "x", .gate = "warning", .baseline = "base.json", .compared = {1, 1, 3}});
  EXPECT_THAT(html, HasSubstr("The gate is passed"));
  EXPECT_THAT(html, HasSubstr("1 waived</summary>"));
  EXPECT_THAT(html, HasSubstr("1 known from the baseline</summary>"));
  EXPECT_THAT(html, HasSubstr("by Ada until 2027-01-31: twins"));
  EXPECT_THAT(html, HasSubstr("1 new, 1 known, 3 fixed"));
}

TEST(AuditHtmlTest, AFaultIsToldFirst) {
  AuditResult audit = Audit();
  audit.checks[2].reason = "it ran out of memory";
  audit.checks[2].fault = ErrorKind::kInternal;
  const std::string html = AuditHtml(audit, {.source = "x", .gate = "none"});
  EXPECT_THAT(html,
              HasSubstr("<strong>sensitive proxy</strong> did not run: it ran out of memory"));
  EXPECT_THAT(html, HasSubstr("Not every check could look."));
}

TEST(AuditHtmlTest, StaysBelowTwoMegabytesWhateverTheData) {
  AuditResult audit{.rows = 1'000'000};
  const std::string evil(5'000, '<');
  for (const Spec* spec : CheckSpecs()) {
    audit.checks.push_back({.name = spec->name, .count = 500});
    for (int i = 0; i < 500; ++i) {
      audit.findings.push_back({.id = spec->name + "-" + std::to_string(i),
                                .check = spec->name,
                                .place = {.file = evil, .column = evil},
                                .message = evil,
                                .fix = evil});
      if (i % 3 == 0) audit.findings.back().waived = {evil, evil, "2027-01-31"};
    }
  }
  CountOutcomes(&audit);
  AuditPageFacts facts{.source = evil + "/" + evil, .gate = "info"};
  const std::string some = AuditHtml(audit, facts);
  EXPECT_LE(some.size(), kMostPageBytes);
  EXPECT_TRUE(some.find("To stay below 2.0 MB, this page spells out at most") != some.npos);
  facts.figures.assign(5, std::string(1'000'000, 'x'));
  facts.compared.gone = audit.findings;
  facts.compared.fixed = 9999;
  const std::string none = AuditHtml(audit, facts);
  EXPECT_LE(none.size(), kMostPageBytes);
  EXPECT_TRUE(none.find("draws no plots") != none.npos);
}

SarifFacts Facts() {
  return {.version = "0.1.0",
          .source = "data/my data.csv",
          .lines = {{12, 14}, {17, 19}},
          .header_line = 1};
}

Json SarifRun(const AuditResult& audit, const SarifFacts& facts) {
  const Json sarif = ParseJson(AuditToSarif(audit, facts), "audit.sarif");
  EXPECT_EQ(sarif["version"], "2.1.0");
  return sarif["runs"][0];
}

TEST(SarifTest, HasWhatViewersRead) {
  const Json run = SarifRun(Audit(), Facts());
  const Json& rules = run["tool"]["driver"]["rules"];
  ASSERT_EQ(rules.size(), 3u);
  EXPECT_EQ(rules[1]["name"], "MissingValues");
  EXPECT_THAT(rules[1]["help"]["text"].get<std::string>(), HasSubstr("Severity"));
  EXPECT_EQ(rules[1]["properties"]["tags"][1], "completeness");
  ASSERT_EQ(run["results"].size(), 3u);
  EXPECT_EQ(run["results"][0]["level"], "warning");
  EXPECT_EQ(run["results"][1]["level"], "note");
  const Json& place = run["results"][0]["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"], "data/my%20data.csv");
  EXPECT_EQ(place["region"]["startLine"], 19);
  EXPECT_EQ(run["results"][2]["ruleIndex"], 1);
  EXPECT_EQ(run["results"][2]["partialFingerprints"]["bottega/v2"], "missing_values-1");
  EXPECT_EQ(run["results"][2]["locations"][0]["physicalLocation"]["region"]["startLine"], 1);
  EXPECT_EQ(run["invocations"][0]["executionSuccessful"], true);
  EXPECT_FALSE(run["results"][0].contains("baselineState"));
}

TEST(SarifTest, RowsPicturesAndRecipesHaveTheirFilesAndLines) {
  AuditResult audit = Audit();
  audit.findings[0].place = {.file = "my data.csv", .row = 17};
  audit.findings[0].detail = {{"rows", {12, 17, 99}}};
  audit.findings[1].place = {.file = "apple/1.jpg", .row = 3};
  audit.findings[2].place = {.file = "waivers.yaml"};
  SarifFacts facts = Facts();
  facts.root = "photos", facts.inside = "sub";
  const Json results = SarifRun(audit, facts)["results"];
  const auto physical = [](const Json& location) { return location["physicalLocation"]; };
  EXPECT_EQ(physical(results[0]["locations"][0])["region"]["startLine"], 19);
  ASSERT_EQ(results[0]["relatedLocations"].size(), 1u);
  EXPECT_EQ(physical(results[0]["relatedLocations"][0])["region"]["startLine"], 14);
  EXPECT_EQ(physical(results[1]["locations"][0])["artifactLocation"]["uri"],
            "sub/photos/apple/1.jpg");
  EXPECT_THAT(results[1]["message"]["text"].get<std::string>(), HasSubstr("(row 3)"));
  EXPECT_EQ(physical(results[2]["locations"][0])["artifactLocation"]["uri"], "sub/waivers.yaml");
}

TEST(SarifTest, WaiversBaselineAndFaults) {
  AuditResult audit = Audit();
  audit.findings[0].waived = {"twins", "Ada", "2027-01-31"};
  audit.findings[2].known = true;
  audit.checks[2].fault = ErrorKind::kInternal;
  CountOutcomes(&audit);
  SarifFacts facts = Facts();
  facts.baseline = true;
  const Json run = SarifRun(audit, facts);
  const Json& suppression = run["results"][0]["suppressions"][0];
  EXPECT_EQ(suppression["kind"], "external");
  EXPECT_EQ(suppression["justification"], "twins (Ada, until 2027-01-31)");
  EXPECT_EQ(run["results"][1]["baselineState"], "new");
  EXPECT_EQ(run["results"][2]["baselineState"], "unchanged");
  EXPECT_EQ(run["invocations"][0]["executionSuccessful"], false);
}

TEST(SarifTest, LeavesOutWhatCodeHostsRefuse) {
  AuditResult audit{.checks = {{.name = "missing_values", .count = 1500}}};
  for (int i = 0; i < 1500; ++i) {
    audit.findings.push_back({.id = std::to_string(i),
                              .check = "missing_values",
                              .severity = i == 1400 ? Severity::kError : Severity::kInfo});
  }
  const Json run = SarifRun(audit, Facts());
  EXPECT_EQ(run["results"].size(), 1000u);
  EXPECT_EQ(run["results"].back()["level"], "error");
  EXPECT_EQ(run["properties"]["leftOut"]["missing_values"], 500);
}

TEST(JunitTest, GateDecidesWhatFails) {
  const std::string xml = AuditToJunit(Audit(), "error");
  EXPECT_THAT(xml, HasSubstr("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\""));
  EXPECT_THAT(xml, HasSubstr("<testsuite name=\"bottega audit: redundancy\" tests=\"1\""));
  EXPECT_THAT(xml, HasSubstr("&lt;script&gt;"));
  EXPECT_THAT(AuditToJunit(Audit(), "none"), HasSubstr("failures=\"0\""));
  EXPECT_THAT(AuditToJunit(Audit(), "info"), HasSubstr("failures=\"2\""));
}

TEST(JunitTest, WaivedNeverFailsAndAFaultIsAnError) {
  AuditResult audit = Audit();
  audit.findings[2].waived = {"asked since May", "Ada", "2027-01-31"};
  audit.checks[2].fault = ErrorKind::kInternal;
  CountOutcomes(&audit);
  const std::string xml = AuditToJunit(audit, "error");
  EXPECT_THAT(xml, HasSubstr("tests=\"3\" failures=\"0\" errors=\"1\" skipped=\"0\""));
  EXPECT_THAT(xml, HasSubstr("waived until 2027-01-31 (asked since May), error: my data.csv"));
}

AuditSummary SummaryAt(const std::string& time, SeverityCounts missing) {
  return {.time = time, .sha256 = time, .rows = 10, .checks = {{"missing_values", missing}}};
}

TEST(AuditHistoryHtmlTest, DrawsTrendsAndSaysWhatBecameWorse) {
  const std::string html = AuditHistoryHtml(
      {SummaryAt("2026-05-01T10:00:00Z", {0, 2, 0}), SummaryAt("2026-06-01T10:00:00Z", {0, 2, 3})},
      {"data/loans.csv", "0.1.0", "now"});
  EXPECT_THAT(html, HasSubstr("<h1>loans.csv</h1>"));
  EXPECT_THAT(html, HasSubstr("days since 2026-05-01"));
  EXPECT_THAT(html, HasSubstr("missing_values: 3 more errors"));
  EXPECT_THAT(AuditHistoryHtml({}, {"x", "", ""}), HasSubstr("never audited"));
}

}  // namespace
}  // namespace bottega

#include <map>

#include "audit/result_json.h"
#include "audit/run_audit.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/terminal.h"
#include "base/text.h"
#include "base/version.h"
#include "cli/data_argument.h"
#include "cli/output.h"
#include "cli/print.h"
#include "cli/project.h"
#include "cli/verbs/verbs.h"
#include "report/audit_html.h"
#include "report/junit.h"
#include "report/sarif.h"

namespace bottega {

const Spec& AuditSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "audit",
      .one_line = "check data: findings with place, confidence and fix; changes nothing",
      .text =
          "With DATA no recipe is needed. `--fail-on` makes it a gate: findings of that severity "
          "or "
          "worse exit with 3.",
      .params = {{.name = "data",
                  .what = "a table or folder of pictures (default: that of bottega.yaml)",
                  .positional = true},
                 {.name = "target", .what = "the column to predict, with DATA", .unit = "COLUMN"},
                 {.name = "fail_on",
                  .type = ParamType::kChoice,
                  .what = "exit with 3 from this severity on (default: the recipe's gates.audit)",
                  .choices = {"none", "info", "warning", "error"},
                  .unit = "SEVERITY"},
                 {.name = "html", .what = "write the page here", .unit = "FILE"},
                 {.name = "sarif", .what = "write SARIF 2.1.0 here", .unit = "FILE"},
                 {.name = "junit", .what = "write JUnit XML here", .unit = "FILE"},
                 {.name = "all",
                  .type = ParamType::kBool,
                  .what = "print every finding",
                  .fallback = false}},
      .examples = {"bottega audit loans.csv", "bottega audit loans.csv --fail-on error",
                   "bottega audit --sarif findings.sarif"},
      .sets = {"*"}};
  return spec;
}

namespace {

void PrintFindings(std::ostream& out, const AuditResult& audit, bool all) {
  constexpr int kExamples = 3;
  const Style styles[] = {Style::kBlue, Style::kYellow, Style::kRed};
  std::map<std::string, int> shown;
  for (const Finding& finding : audit.findings) {
    const int n = ++shown[finding.check];
    if (!all && n > kExamples) continue;
    out << Paint(SeverityName(finding.severity), styles[static_cast<int>(finding.severity)]) << "  "
        << finding.check << "  ";
    if (!finding.place.empty()) out << finding.place.ToString() << ": ";
    out << finding.message << "\n";
    if (!finding.fix.empty() && (n == 1 || all)) out << "    fix: " << finding.fix << "\n";
  }
  for (const CheckOutcome& check : audit.checks) {
    if (!all && check.count > kExamples) {
      out << "... and " << FormatCount(check.count - kExamples) << " more of " << check.name
          << "\n";
    }
  }
}

std::vector<int64_t> CountSeverities(const AuditResult& audit) {
  std::vector<int64_t> counts(3);
  for (const Finding& finding : audit.findings) ++counts[static_cast<size_t>(finding.severity)];
  return counts;
}

// The HTML page, and the files that were asked for; returns the page's path.
std::filesystem::path WritePages(const Invocation& call, const AuditResult& audit,
                                 const std::string& source, const std::string& gate,
                                 const std::filesystem::path& folder) {
  const std::string html = call.Text("html");
  const std::filesystem::path page =
      html.empty() ? folder / "audit.html" : std::filesystem::path(html);
  WriteFileAtomic(
      page,
      AuditHtml(audit, {.source = source, .version = kVersion, .time = NowUtc(), .gate = gate}));
  const std::string sarif = call.Text("sarif"), junit = call.Text("junit");
  if (!sarif.empty()) WriteFileAtomic(sarif, AuditToSarif(audit, kVersion));
  if (!junit.empty()) WriteFileAtomic(junit, AuditToJunit(audit, gate));
  return page;
}

}  // namespace

Json RunAuditVerb(Invocation& call) {
  Project project = ProjectFor(call, "audit", Guess::kTarget);
  const std::string data = call.Text("data").empty() ? "" : ShellQuote(call.Text("data")) + " ";
  for (const std::string flag : {"html", "sarif", "junit"}) {
    CheckOutput({.path = call.Text(flag),
                 .inputs = {SourceOf(project)},
                 .command = "bottega audit " + data + "--" + flag + " "});
  }
  const AuditResult& audit = project.audit();
  const std::string source = project.recipe()["data"]["source"].get<std::string>();
  const std::filesystem::path folder = project.StageFolder("audit");
  std::string gate = call.Text("fail_on");
  if (gate.empty()) gate = project.recipe()["gates"].value("audit", "none");
  const std::filesystem::path html = WritePages(call, audit, source, gate, folder);
  const std::vector<int64_t> counts = CountSeverities(audit);
  if (!call.json) {
    PrintFindings(*call.out, audit, call.Flag("all"));
    *call.out << source << ": " << FormatCount(audit.rows) << " rows, " << counts[2] << " errors, "
              << counts[1] << " warnings, " << counts[0] << " remarks\n"
              << "page: " << html.string() << "\n";
  }
  if (FailsGate(audit, gate)) {
    call.failure = Error(
        ErrorKind::kGate, "there are findings of severity " + gate + " or worse", {.file = source},
        data.empty() ? "bottega clean" : "bottega audit " + data + "--all --fail-on none");
  }
  Json result = AuditToJson(audit);
  result["page"] = html.string();
  result["folder"] = folder.string();
  return result;
}

}  // namespace bottega

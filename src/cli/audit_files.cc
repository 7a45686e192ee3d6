#include "cli/audit_files.h"

#include "audit/result_json.h"
#include "base/clock.h"
#include "base/files.h"
#include "base/version.h"
#include "cli/output.h"
#include "data/io/record_lines.h"
#include "report/audit_html.h"
#include "report/audit_plots.h"
#include "report/junit.h"
#include "report/sarif.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr size_t kMostRelated = 8;

// Records that SARIF names by their lines: that of each finding and the first of its others.
std::vector<int64_t> RecordsOf(const AuditResult& audit) {
  std::vector<int64_t> records;
  for (const Finding& finding : audit.findings) {
    if (finding.place.row >= 0) records.push_back(finding.place.row);
    if (!finding.detail.is_object() || !finding.detail.contains("rows")) continue;
    const Json& rows = finding.detail["rows"];
    for (size_t i = 0; rows.is_array() && i < rows.size() && i < kMostRelated; ++i) {
      if (rows[i].is_number_integer()) records.push_back(rows[i].get<int64_t>());
    }
  }
  return records;
}

std::string Sarif(const Invocation& call, Project& project, const AuditResult& audit) {
  const Dataset& data = project.audited();
  const fs::path source = SourceOf(project);
  SarifFacts facts{.version = kVersion,
                   .source = source.string(),
                   .root = data.HasPictures() ? data.root.string() : "",
                   .inside = InsideCheckout(project.folder()),
                   .baseline = !call.Text("baseline").empty()};
  std::vector<int64_t> records = RecordsOf(audit);
  records.push_back(0);
  const std::vector<int64_t> lines = LinesInFile(source, data.reading, records);
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i] > 0) facts.lines[records[i]] = lines[i];
  }
  const bool header = data.reading.is_object() && data.reading.value("header", false);
  if (header && !lines.empty() && lines.back() > 1) facts.header_line = lines.back() - 1;
  return AuditToSarif(audit, facts);
}

}  // namespace

void CheckAuditFiles(const Invocation& call, const Project& project, const std::string& command) {
  for (const std::string flag : {"html", "sarif", "junit", "out"}) {
    CheckOutput({.path = call.Text(flag),
                 .inputs = {SourceOf(project)},
                 .command = command + " --" + flag + " "});
  }
}

fs::path WriteAuditFiles(const Invocation& call, Project& project, const AuditResult& audit,
                         const AuditFileFacts& facts) {
  const std::string html = call.Text("html");
  const fs::path page = html.empty() ? project.StageFolder("audit") / "audit.html" : fs::path(html);
  WriteFileAtomic(page, AuditHtml(audit, {.source = project.recipe()["data"]["source"],
                                          .version = kVersion,
                                          .time = NowUtc(),
                                          .gate = facts.gate,
                                          .figures = AuditPlots(project.audited(), audit),
                                          .baseline = call.Text("baseline"),
                                          .compared = facts.compared}));
  const std::string sarif = call.Text("sarif"), junit = call.Text("junit"), out = call.Text("out");
  if (!sarif.empty()) WriteFileAtomic(sarif, Sarif(call, project, audit));
  if (!junit.empty()) WriteFileAtomic(junit, AuditToJunit(audit, facts.gate));
  if (!out.empty()) WriteJson(out, AuditToJson(audit));
  return page;
}

std::string InsideCheckout(const fs::path& folder) {
  std::error_code error;
  const fs::path here = fs::canonical(folder, error);
  if (error) return "";
  for (fs::path root = here;; root = root.parent_path()) {
    if (fs::exists(root / ".git", error)) {
      return root == here ? "" : here.lexically_relative(root).generic_string();
    }
    if (root == root.parent_path()) return "";
  }
}

}  // namespace bottega

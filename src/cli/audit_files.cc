#include "cli/audit_files.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/version.h"
#include "cli/output.h"
#include "report/audit_html.h"
#include "report/junit.h"
#include "report/sarif.h"

namespace bottega {

void CheckAuditFiles(const Invocation& call, const Project& project, const std::string& command) {
  for (const std::string flag : {"html", "sarif", "junit"}) {
    CheckOutput({.path = call.Text(flag),
                 .inputs = {SourceOf(project)},
                 .command = command + "--" + flag + " "});
  }
}

std::filesystem::path WriteAuditFiles(const Invocation& call, const AuditResult& audit,
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

}  // namespace bottega

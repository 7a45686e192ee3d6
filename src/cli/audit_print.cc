#include "cli/audit_print.h"

#include <array>
#include <map>

#include "base/terminal.h"
#include "base/text.h"

namespace bottega {

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

void PrintCounts(std::ostream& out, const AuditResult& audit, const std::string& source) {
  std::array<int64_t, 3> counts{};
  for (const Finding& finding : audit.findings) ++counts[static_cast<size_t>(finding.severity)];
  out << source << ": " << FormatCount(audit.rows) << " rows, " << counts[2] << " errors, "
      << counts[1] << " warnings, " << counts[0] << " remarks\n";
}

}  // namespace bottega

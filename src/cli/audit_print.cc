#include "cli/audit_print.h"

#include <map>

#include "base/terminal.h"
#include "base/text.h"
#include "cli/print.h"

namespace bottega {

namespace {

constexpr int kExamples = 3;

void PrintFinding(std::ostream& out, const Finding& finding, bool with_fix, bool with_id) {
  const Style styles[] = {Style::kBlue, Style::kYellow, Style::kRed};
  out << Paint(SeverityName(finding.severity), styles[static_cast<int>(finding.severity)]) << "  "
      << finding.check << "  ";
  if (!finding.place.empty()) out << finding.place.ToString() << ": ";
  out << finding.message << "\n";
  if (!finding.fix.empty() && with_fix) out << "    fix: " << finding.fix << "\n";
  if (const std::string policy = PolicyText(finding); !policy.empty()) {
    out << "    law: " << policy << "\n";
  }
  if (!with_id) return;
  out << "    id: " << finding.id;
  if (finding.waived) {
    out << " (waived" << UntilText(*finding.waived) << ": " << finding.waived->reason << ")";
  } else if (finding.known) {
    out << " (known)";
  }
  out << "\n";
}

}  // namespace

void PrintFindings(std::ostream& out, const AuditResult& audit, bool all) {
  std::map<std::string, int> shown;
  for (const Finding& finding : audit.findings) {
    if (!all && !finding.open()) continue;
    const int n = ++shown[finding.check];
    if (all || n <= kExamples) PrintFinding(out, finding, n == 1 || all, all);
  }
  for (const CheckOutcome& check : audit.checks) {
    const int64_t open = check.open[0] + check.open[1] + check.open[2];
    if (!all && open > kExamples) {
      out << "... and " << FormatCount(open - kExamples) << " more of " << check.name << "\n";
    }
    if (check.fault) {
      out << Paint("fault", Style::kRed) << "  " << check.name << "  " << check.reason << "\n";
    }
  }
}

void PrintPolicy(std::ostream& out, const AuditResult& audit) {
  if (!audit.policy.is_object()) return;
  out << audit.policy.at("title").get<std::string>() << "\n";
  std::vector<std::vector<std::string>> rows = {{"topic", "section", "findings", "state"}};
  for (const Json& topic : audit.policy.at("topics")) {
    const std::string remark = topic.at("remark").get<std::string>();
    std::string state = Replace(topic.at("state").get<std::string>(), "_", " ");
    if (!remark.empty() && topic.at("findings") == 0) state += ": " + remark;
    rows.push_back({topic.at("topic").get<std::string>(), topic.at("section").get<std::string>(),
                    FormatCount(topic.at("findings").get<int64_t>()), state});
  }
  PrintTable(out, rows, TerminalWidth(1));
  out << audit.policy.at("notice").get<std::string>() << "\n";
}

void PrintCounts(std::ostream& out, const AuditResult& audit, const std::string& source) {
  const SeverityCounts open = OpenCounts(audit);
  int64_t waived = 0;
  for (const CheckOutcome& check : audit.checks) waived += check.waived;
  out << source << ": " << FormatCount(audit.rows) << " rows, " << open[2] << " errors, " << open[1]
      << " warnings, " << open[0] << " remarks";
  if (waived > 0) out << ", " << waived << " waived";
  out << "\n";
  if (audit.sampled > 0) {
    out << "missing cells, constant columns, classes and copies were counted over all rows; the "
           "other "
           "checks looked at "
        << FormatCount(audit.sampled) << " of them, drawn evenly\n";
  }
}

void PrintBaseline(std::ostream& out, const BaselineOutcome& outcome, const std::string& file,
                   bool all) {
  if (all) {
    for (const Finding& finding : outcome.gone) {
      out << Paint("fixed", Style::kGreen) << "  " << finding.check << "  " << finding.message
          << "\n";
    }
  }
  out << "since " << file << ": " << FormatCount(outcome.fresh) << " new, "
      << FormatCount(outcome.known) << " known, " << FormatCount(outcome.fixed) << " fixed\n";
  if (!outcome.not_looked_at.empty()) {
    out << "not compared, as they did not run: " << Join(outcome.not_looked_at, ", ") << "\n";
  }
}

}  // namespace bottega

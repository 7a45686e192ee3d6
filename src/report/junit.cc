#include "report/junit.h"

#include <vector>

#include "base/text.h"

namespace bottega {

namespace {

constexpr size_t kMost = 100;

// XML 1.0 allows no control characters but tab, newline and return.
std::string Xml(const std::string& text) {
  std::string clean;
  for (const char c : text) {
    const bool control =
        static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
    clean += control ? '?' : c;
  }
  return EscapeHtml(clean);
}

std::string LineOf(const Finding& finding) {
  const std::string place = finding.place.ToString();
  return std::string(SeverityName(finding.severity)) + ": " + (place.empty() ? "" : place + ": ") +
         finding.message + (finding.fix.empty() ? "" : " | fix: " + finding.fix) + "\n";
}

struct Case {
  std::vector<const Finding*> grave, other;
};

std::string LinesOf(const std::vector<const Finding*>& findings) {
  std::string lines;
  for (size_t i = 0; i < findings.size() && i < kMost; ++i) lines += LineOf(*findings[i]);
  if (findings.size() > kMost) {
    lines += "... and " + FormatCount(static_cast<int64_t>(findings.size() - kMost)) + " more\n";
  }
  return lines;
}

std::string CaseXml(const CheckOutcome& check, const Case& found) {
  std::string body;
  if (!check.ran) {
    body += "      <skipped message=\"" + Xml(check.reason) + "\"/>\n";
  } else if (!found.grave.empty()) {
    const auto count = static_cast<int64_t>(found.grave.size());
    body += "      <failure message=\"" + FormatCount(count) +
            (count == 1 ? " finding" : " findings") + "\" type=\"" + Xml(check.name) + "\">" +
            Xml(LinesOf(found.grave)) + "</failure>\n";
  }
  if (!found.other.empty()) {
    body += "      <system-out>" + Xml(LinesOf(found.other)) + "</system-out>\n";
  }
  return "    <testcase classname=\"bottega.audit\" name=\"" + Xml(check.name) +
         "\" time=\"0\">\n" + body + "    </testcase>\n";
}

}  // namespace

std::string AuditToJunit(const AuditResult& result, const std::string& gate) {
  std::string cases;
  size_t failures = 0, skipped = 0;
  for (const CheckOutcome& check : result.checks) {
    Case found;
    for (const Finding& finding : result.findings) {
      if (finding.check != check.name) continue;
      const bool grave = gate != "none" && finding.severity >= ParseSeverity(gate);
      (grave ? found.grave : found.other).push_back(&finding);
    }
    failures += check.ran && !found.grave.empty();
    skipped += !check.ran;
    cases += CaseXml(check, found);
  }
  const std::string counts = "tests=\"" + std::to_string(result.checks.size()) + "\" failures=\"" +
                             std::to_string(failures) + "\" errors=\"0\" skipped=\"" +
                             std::to_string(skipped) + "\"";
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites " + counts +
         ">\n  <testsuite name=\"bottega audit\" " + counts + ">\n" + cases +
         "  </testsuite>\n</testsuites>\n";
}

}  // namespace bottega

#include "report/junit.h"

#include <map>
#include <vector>

#include "audit/check.h"
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

std::string Law(const Finding& finding) {
  const std::string policy = PolicyText(finding);
  return policy.empty() ? "" : " | law: " + policy;
}

std::string LineOf(const Finding& finding) {
  const std::string place = finding.place.ToString();
  const std::string state =
      finding.waived ? "waived" + UntilText(*finding.waived) + " (" + finding.waived->reason + "), "
      : finding.known ? "known, "
                      : "";
  return state + std::string(SeverityName(finding.severity)) + ": " +
         (place.empty() ? "" : place + ": ") + finding.message +
         (finding.fix.empty() ? "" : " | fix: " + finding.fix) + Law(finding) + " [" + finding.id +
         "]\n";
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

struct Suite {
  std::string cases;
  int64_t tests = 0, failures = 0, errors = 0, skipped = 0;

  void Add(const Suite& other) {
    tests += other.tests, failures += other.failures, errors += other.errors;
    skipped += other.skipped;
  }
  std::string Attributes() const {
    return "tests=\"" + std::to_string(tests) + "\" failures=\"" + std::to_string(failures) +
           "\" errors=\"" + std::to_string(errors) + "\" skipped=\"" + std::to_string(skipped) +
           "\" time=\"0\"";
  }
};

void AddCase(const std::string& theme, const CheckOutcome& check, const Case& found, Suite* suite) {
  std::string body;
  ++suite->tests;
  if (check.fault) {
    ++suite->errors;
    body += "      <error message=\"" + Xml(check.reason) + "\" type=\"" +
            std::string(KindName(*check.fault)) + "\"/>\n";
  } else if (!check.ran) {
    ++suite->skipped;
    body += "      <skipped message=\"" + Xml(check.reason) + "\"/>\n";
  } else if (!found.grave.empty()) {
    ++suite->failures;
    const auto count = static_cast<int64_t>(found.grave.size());
    body += "      <failure message=\"" + FormatCount(count) +
            (count == 1 ? " finding" : " findings") + "\" type=\"" + Xml(check.name) + "\">" +
            Xml(LinesOf(found.grave)) + "</failure>\n";
  }
  if (!found.other.empty()) {
    body += "      <system-out>" + Xml(LinesOf(found.other)) + "</system-out>\n";
  }
  suite->cases += "    <testcase classname=\"bottega.audit." + theme + "\" name=\"" +
                  Xml(check.name) + "\" time=\"0\">\n" + body + "    </testcase>\n";
}

}  // namespace

std::string AuditToJunit(const AuditResult& result, const std::string& gate) {
  std::map<std::string, Case> found;
  for (const Finding& finding : result.findings) {
    const bool grave = gate != "none" && finding.open() && finding.severity >= ParseSeverity(gate);
    Case& of_check = found[finding.check];
    (grave ? of_check.grave : of_check.other).push_back(&finding);
  }
  Suite total;
  std::string suites;
  for (const CheckTheme& theme : CheckThemes()) {
    Suite suite;
    const std::string name(theme.name);
    for (const CheckOutcome& check : result.checks) {
      if (ThemeOf(check.name) == theme.name) AddCase(name, check, found[check.name], &suite);
    }
    if (suite.tests == 0) continue;
    total.Add(suite);
    suites += "  <testsuite name=\"bottega audit: " + name + "\" " + suite.Attributes() + ">\n" +
              suite.cases + "  </testsuite>\n";
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"bottega audit\" " +
         total.Attributes() + ">\n" + suites + "</testsuites>\n";
}

}  // namespace bottega

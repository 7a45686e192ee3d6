#include "audit/finding.h"

#include <array>
#include <map>

#include "base/text.h"

namespace bottega {
namespace {

constexpr std::array<std::string_view, 3> kNames = {"info", "warning", "error"};

}  // namespace

std::string_view SeverityName(Severity severity) { return kNames[static_cast<size_t>(severity)]; }

Severity ParseSeverity(std::string_view name) {
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Severity>(i);
  }
  throw Error(ErrorKind::kRecipe, "'" + std::string(name) + "' is no severity", {},
              "use info, warning or error");
}

void CountOutcomes(AuditResult* result) {
  std::map<std::string_view, CheckOutcome*> outcomes;
  for (CheckOutcome& outcome : result->checks) {
    outcome.open = {};
    outcome.waived = outcome.known = 0;
    outcomes[outcome.name] = &outcome;
  }
  for (const Finding& finding : result->findings) {
    const auto at = outcomes.find(finding.check);
    if (at == outcomes.end()) continue;
    CheckOutcome& outcome = *at->second;
    outcome.waived += finding.waived.has_value();
    outcome.known += !finding.waived && finding.known;
    if (finding.open()) ++outcome.open[static_cast<size_t>(finding.severity)];
  }
}

SeverityCounts OpenCounts(const AuditResult& result) {
  SeverityCounts counts{};
  for (const CheckOutcome& outcome : result.checks) {
    for (size_t s = 0; s < counts.size(); ++s) counts[s] += outcome.open[s];
  }
  return counts;
}

std::string PolicyText(const Finding& finding) {
  if (!finding.detail.is_object() || !finding.detail.contains("policy")) return "";
  std::string text;
  for (const Json& touched : finding.detail["policy"]) {
    text += (text.empty() ? "" : "; ") + touched.at("section").get<std::string>() + " (" +
            touched.at("topic").get<std::string>() + ")";
  }
  return text;
}

std::string UntilText(const Waived& waived) {
  return waived.until.empty() ? "" : " until " + waived.until;
}

}  // namespace bottega

#include "audit/baseline.h"

#include <set>
#include <unordered_map>
#include <unordered_set>

#include "audit/result_json.h"
#include "base/json.h"

namespace bottega {

AuditResult ReadBaseline(const std::filesystem::path& file) {
  const Json json = ReadJson(file);
  const bool printed = json.is_object() && json.contains("verb") && json.contains("result");
  return AuditFromJson(printed ? json["result"] : json, file.string());
}

BaselineOutcome ApplyBaseline(const AuditResult& baseline, AuditResult* audit) {
  BaselineOutcome outcome;
  std::unordered_map<std::string, Severity> then;
  for (const Finding& finding : baseline.findings) then[finding.id] = finding.severity;
  for (const CheckOutcome& check : baseline.checks) {
    // Their severity is not told: any will do.
    for (const std::string& id : check.further) then.emplace(id, Severity::kError);
  }
  std::unordered_set<std::string> now;
  for (Finding& finding : audit->findings) {
    now.insert(finding.id);
    const auto at = then.find(finding.id);
    finding.known = at != then.end() && finding.severity <= at->second;
    if (!finding.waived) ++(finding.known ? outcome.known : outcome.fresh);
  }
  CountOutcomes(audit);
  std::set<std::string> ran;
  for (const CheckOutcome& check : audit->checks) {
    if (!check.fault) ran.insert(check.name);
  }
  for (const CheckOutcome& check : baseline.checks) {
    if (check.count > 0 && !ran.contains(check.name)) outcome.not_looked_at.push_back(check.name);
    if (!ran.contains(check.name)) continue;
    for (const std::string& id : check.further) outcome.fixed += !now.contains(id);
  }
  for (const Finding& finding : baseline.findings) {
    if (now.contains(finding.id) || !ran.contains(finding.check)) continue;
    outcome.gone.push_back(finding);
    ++outcome.fixed;
  }
  return outcome;
}

}  // namespace bottega

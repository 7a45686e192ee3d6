#include "audit/upkeep/overdue_audit.h"

#include <algorithm>

#include "audit/check_list.h"
#include "base/text.h"

namespace bottega {
namespace {

constexpr const char* kName = "overdue_audit";

const Spec& OverdueAuditSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = kName,
      .one_line = "audits that came later than audit.every asks for",
      .text =
          "With `audit: {every: 30d}` an audit is due 30 days after the last one, or when the data "
          "changed (`bottega audit --due` tells). An audit that comes late says so; a training on "
          "data whose audit is due has the finding in its run's audit.json, and "
          "`gates: {audit_due: error}` refuses it.\n\n"
          "Severity: info for an audit that is late, warning for a training.",
      .synonyms = {"due", "schedule"}};
  return spec;
}

void Run(const AuditContext& context, Findings& findings) {
  if (context.memory == nullptr || context.memory->every.empty()) {
    findings.Skip("no interval is set (audit.every in the recipe)");
    return;
  }
  if (context.memory->history.empty()) return;
  const AuditSummary& last = context.memory->history.back();
  const int64_t age = context.memory->now - UnixOf(last.time);
  if (age <= ParseInterval(context.memory->every)) return;
  Finding& finding =
      findings.Add(Severity::kInfo, {.file = context.data.source.filename().string()},
                   "the audit before this one is " + FormatCount(age / 86'400) +
                       " days old, and audit.every asks for one each " + context.memory->every,
                   "have it run by itself: `bottega audit --schedule cron` prints the job");
  finding.key = "late";
  finding.detail = {{"last", last.time}, {"every", context.memory->every}, {"seconds", age}};
}

}  // namespace

void AddOverdue(const Due& due, Severity severity, const std::string& file, AuditResult* audit) {
  Finding finding{.id = std::string(kName) + "-training",
                  .check = kName,
                  .severity = severity,
                  .place = {.file = file},
                  .message = "this training began although an audit was due: " + due.reason,
                  .fix = "run `bottega audit` before training",
                  .detail = {{"reason", due.reason}}};
  const auto is_it = [](const auto& item) { return item.name == kName; };
  auto outcome = std::ranges::find_if(audit->checks, is_it);
  if (outcome == audit->checks.end()) outcome = audit->checks.insert(outcome, {.name = kName});
  outcome->ran = true;
  outcome->reason.clear();
  ++outcome->count;
  ++outcome->open[static_cast<size_t>(severity)];
  audit->findings.push_back(std::move(finding));
}

const Check& OverdueAudit() {
  static const Check check = {&OverdueAuditSpec, &Run, true};
  return check;
}

}  // namespace bottega

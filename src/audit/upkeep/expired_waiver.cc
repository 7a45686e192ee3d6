#include "audit/check_list.h"

namespace bottega {
namespace {

const Spec& ExpiredWaiverSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "expired_waiver",
      .one_line = "waivers whose day has passed: their findings count again",
      .text =
          "A waiver (`audit.waivers` in the recipe, or waivers.yaml) accepts a finding until a day "
          "that it names. Afterwards the finding counts again and the waiver itself is told, so "
          "that somebody renews it or mends the data.\n\n"
          "Severity: warning; info where no finding is left that it would cover.",
      .synonyms = {"waivers", "suppressions"}};
  return spec;
}

bool CoversAny(const Waiver& waiver, const AuditContext& context) {
  for (const Finding& finding : context.so_far->findings) {
    if (Covers(waiver, finding)) return true;
  }
  return false;
}

void Run(const AuditContext& context, Findings& findings) {
  if (context.memory == nullptr || context.memory->waivers.empty()) {
    findings.Skip("there are no waivers");
    return;
  }
  for (const Waiver& waiver : context.memory->waivers) {
    if (!HasExpired(waiver, context.memory->today)) continue;
    const bool covers = CoversAny(waiver, context);
    Finding& finding = findings.Add(
        covers ? Severity::kWarning : Severity::kInfo, {.file = waiver.file},
        "the waiver of " + waiver.target + " by " + waiver.by + " (" + waiver.reason +
            ") held until " + waiver.until +
            (covers ? "; what it covered counts again" : "; nothing is left that it would cover"),
        covers ? "mend the data, or renew it: `bottega audit --waive " + waiver.target +
                     " --reason REASON --until DAY`"
               : "delete it");
    finding.key = waiver.target;
    finding.detail = {{"waiver", waiver.target}, {"until", waiver.until}, {"by", waiver.by}};
  }
}

}  // namespace

const Check& ExpiredWaiver() {
  static const Check check = {&ExpiredWaiverSpec, &Run, true};
  return check;
}

}  // namespace bottega

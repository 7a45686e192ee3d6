#include "audit/check_list.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& AuditRegressionSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "audit_regression",
      .one_line = "what became worse since the last audit of the same data source",
      .text =
          "Compared, check by check, with the last audit (`bottega audit --history`), as far as a "
          "check ran in both: more errors than then, and kinds of errors or warnings that were not "
          "there. Waived findings are left out on both sides.\n\n"
          "Severity: warning for more errors or a new kind of error, info for a new kind of "
          "warning.",
      .synonyms = {"regression", "trend"}};
  return spec;
}

std::string Sentence(const Worse& change) {
  const size_t severity = change.more_errors() ? 2 : 1;
  const int64_t now = change.now[severity];
  const std::string counted = change.check + " has " + FormatCount(now) +
                              (severity == 2 ? " error" : " warning") + (now == 1 ? "" : "s") +
                              ", ";
  if (change.new_kind()) return counted + "and had neither errors nor warnings at the last audit";
  return counted + FormatCount(now - change.then[severity]) + " more than at the last audit";
}

Json CountsJson(const SeverityCounts& open) {
  return {{"info", open[0]}, {"warning", open[1]}, {"error", open[2]}};
}

void Report(const AuditContext& context, const AuditSummary& last, const Worse& change,
            Findings& findings) {
  const bool errors = change.more_errors();
  std::string message = Sentence(change) + ", of " + last.time;
  if (last.rows != context.data.size()) {
    message +=
        " (" + FormatCount(last.rows) + " rows then, " + FormatCount(context.data.size()) + " now)";
  }
  Finding& finding = findings.Add(errors ? Severity::kWarning : Severity::kInfo,
                                  {.file = context.data.source.filename().string()}, message,
                                  "`bottega audit --only " + change.check +
                                      " --all` shows what, `bottega audit --history` since when");
  finding.key = change.check + (errors ? " error" : " warning");
  finding.detail = {{"check", change.check},
                    {"last", last.time},
                    {"then", CountsJson(change.then)},
                    {"now", CountsJson(change.now)}};
}

void Run(const AuditContext& context, Findings& findings) {
  if (context.memory == nullptr || context.memory->history.empty()) {
    findings.Skip("there is no earlier audit of these data");
    return;
  }
  const AuditSummary& last = context.memory->history.back();
  const AuditSummary now = SummaryOf(*context.so_far, "");
  for (const Worse& change : WorseThan(last, now)) Report(context, last, change, findings);
}

}  // namespace

const Check& AuditRegression() {
  static const Check check = {&AuditRegressionSpec, &Run, true};
  return check;
}

}  // namespace bottega

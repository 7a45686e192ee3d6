#include "audit/result_json.h"
#include "audit/run_audit.h"
#include "base/error.h"
#include "base/text.h"
#include "cli/audit_files.h"
#include "cli/audit_print.h"
#include "cli/data_argument.h"
#include "cli/project.h"
#include "cli/verbs/verbs.h"

namespace bottega {

const Spec& AuditSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "audit",
      .one_line = "check data: findings with place, confidence and fix; changes nothing",
      .text =
          "With DATA no recipe is needed. `--fail-on` makes it a gate: findings of that severity "
          "or "
          "worse exit with 3.",
      .params = {{.name = "data",
                  .what = "a table or folder of pictures (default: that of bottega.yaml)",
                  .positional = true},
                 {.name = "target", .what = "the column to predict, with DATA", .unit = "COLUMN"},
                 {.name = "fail_on",
                  .type = ParamType::kChoice,
                  .what = "exit with 3 from this severity on (default: the recipe's gates.audit)",
                  .choices = {"none", "info", "warning", "error"},
                  .unit = "SEVERITY"},
                 {.name = "html", .what = "write the page here", .unit = "FILE"},
                 {.name = "sarif", .what = "write SARIF 2.1.0 here", .unit = "FILE"},
                 {.name = "junit", .what = "write JUnit XML here", .unit = "FILE"},
                 {.name = "all",
                  .type = ParamType::kBool,
                  .what = "print every finding",
                  .fallback = false}},
      .examples = {"bottega audit loans.csv", "bottega audit loans.csv --fail-on error",
                   "bottega audit --sarif findings.sarif"},
      .sets = {"*"}};
  return spec;
}

Json RunAuditVerb(Invocation& call) {
  Project project = ProjectFor(call, "audit", Guess::kTarget);
  const std::string data = call.Text("data").empty() ? "" : ShellQuote(call.Text("data")) + " ";
  CheckAuditFiles(call, project, "bottega audit " + data);
  const AuditResult& audit = project.audit();
  const std::string source = project.recipe()["data"]["source"].get<std::string>();
  const std::filesystem::path folder = project.StageFolder("audit");
  std::string gate = call.Text("fail_on");
  if (gate.empty()) gate = project.recipe()["gates"].value("audit", "none");
  const std::filesystem::path page = WriteAuditFiles(call, audit, source, gate, folder);
  if (!call.json) {
    PrintFindings(*call.out, audit, call.Flag("all"));
    PrintCounts(*call.out, audit, source);
    *call.out << "page: " << page.string() << "\n";
  }
  if (FailsGate(audit, gate)) {
    call.failure = Error(
        ErrorKind::kGate, "there are findings of severity " + gate + " or worse", {.file = source},
        data.empty() ? "bottega clean" : "bottega audit " + data + "--all --fail-on none");
  }
  Json result = AuditToJson(audit);
  result["page"] = page.string();
  result["folder"] = folder.string();
  return result;
}

}  // namespace bottega

#include <optional>

#include "audit/baseline.h"
#include "audit/cost.h"
#include "audit/policy.h"
#include "audit/result_json.h"
#include "audit/run_audit.h"
#include "audit/select_checks.h"
#include "base/error.h"
#include "base/text.h"
#include "cli/audit_files.h"
#include "cli/audit_modes.h"
#include "cli/audit_print.h"
#include "cli/collect_rows.h"
#include "cli/data_argument.h"
#include "cli/print_cost.h"
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
          "worse exit with 3, unless they are waived (waivers.yaml, `audit.waivers`) or known from "
          "`--baseline`, an earlier audit. Every audit is kept: `--history` draws the trend, "
          "`--due` says whether it is time for the next.",
      .params =
          {{.name = "data",
            .what = "a table or folder of pictures (default: that of bottega.yaml)",
            .positional = true},
           {.name = "target", .what = "the column to predict, with DATA", .unit = "COLUMN"},
           {.name = "only",
            .type = ParamType::kTextList,
            .what = "run these checks alone: names, or themes as completeness",
            .fallback = Json::array(),
            .unit = "CHECK,..."},
           {.name = "skip",
            .type = ParamType::kTextList,
            .what = "leave these checks or themes out",
            .fallback = Json::array(),
            .unit = "CHECK,..."},
           {.name = "fail_on",
            .type = ParamType::kChoice,
            .what = "exit with 3 from this severity on (default: the recipe's gates.audit)",
            .choices = {"none", "info", "warning", "error"},
            .unit = "SEVERITY"},
           {.name = "baseline",
            .what = "an earlier audit (audit.json, or what --json printed): tell and gate "
                    "only what is new",
            .unit = "FILE"},
           {.name = "cost",
            .type = ParamType::kBool,
            .what = "say what each kind of defect costs a model: held-out score of a quick probe "
                    "with and without it, with an interval",
            .fallback = false},
           {.name = "model",
            .what = "describe pictures and rows by what this run's model makes of them: labels "
                    "and stray pictures are judged by it",
            .unit = "RUN"},
           {.name = "html", .what = "write the page here", .unit = "FILE"},
           {.name = "sarif", .what = "write SARIF 2.1.0 here", .unit = "FILE"},
           {.name = "junit", .what = "write JUnit XML here", .unit = "FILE"},
           {.name = "collect",
            .what = "write here how many rows of which kind to gather (.csv, .json, .parquet)",
            .unit = "FILE"},
           {.name = "out",
            .what = "write audit.json here too, as a baseline",
            .unit = "FILE",
            .letter = 'o'},
           {.name = "all",
            .type = ParamType::kBool,
            .what = "print every finding, with its id",
            .fallback = false},
           {.name = "policy",
            .type = ParamType::kChoice,
            .what = "tell which article or section of this law each finding touches, and what the "
                    "law asks beside; no legal advice",
            .choices = PolicyNames(),
            .unit = "LAW"},
           {.name = "history",
            .type = ParamType::kBool,
            .what = "audit nothing: show how the audits so far went, and draw it",
            .fallback = false},
           {.name = "due",
            .type = ParamType::kBool,
            .what = "audit nothing: exit with 3 when an audit is due (audit.every has passed, "
                    "or the data changed)",
            .fallback = false},
           {.name = "schedule",
            .type = ParamType::kChoice,
            .what = "audit nothing: print the job that audits by itself",
            .choices = {"cron", "systemd", "github"},
            .unit = "KIND"},
           {.name = "waive", .what = "accept this finding: write it to waivers.yaml", .unit = "ID"},
           {.name = "reason", .what = "with --waive: why it is accepted", .unit = "TEXT"},
           {.name = "until", .what = "with --waive: the last day", .unit = "DAY"},
           {.name = "by",
            .what = "with --waive: who accepts it (default: the login name)",
            .unit = "NAME"}},
      .examples = {"bottega audit loans.csv", "bottega audit loans.csv --fail-on error",
                   "bottega audit loans.csv --only completeness,exact_duplicates",
                   "bottega audit --baseline baseline.json --fail-on warning",
                   "bottega audit --sarif findings.sarif", "bottega audit --policy gdpr",
                   "bottega audit --history", "bottega audit --collect rows.csv",
                   "bottega audit loans.csv --cost", "bottega audit --model latest"},
      .sets = {"*"}};
  return spec;
}

namespace {

// "a,b" and repeated flags alike.
std::vector<std::string> Names(const Invocation& call, const std::string& flag) {
  std::vector<std::string> names;
  for (const Json& word : call.args.at(flag)) {
    for (const std::string& name : Split(word.get<std::string>(), ',')) {
      if (!Trim(name).empty()) names.emplace_back(Trim(name));
    }
  }
  return names;
}

Project ProjectFor(const Invocation& call) {
  ReadAhead ahead;
  Recipe recipe = RecipeFor(call, "audit", Guess::kTarget, Large::kInOnePass, &ahead);
  Json& section = recipe.value["audit"];
  section = SelectChecks(section, Names(call, "only"), Names(call, "skip"));
  return Project(".", std::move(recipe), std::move(ahead));
}

// A failed gate goes before a check that broke off: what was found is certain.
std::optional<Error> FailureOf(const Invocation& call, const AuditResult& audit,
                               const std::string& gate) {
  if (FailsGate(audit, gate)) {
    const bool data = !call.Text("data").empty();
    const std::string fresh = call.Text("baseline").empty() ? "findings" : "new findings";
    return Error(ErrorKind::kGate, "there are " + fresh + " of severity " + gate + " or worse",
                 {.file = audit.source},
                 data ? AuditCommand(call) + " --all --fail-on none" : "bottega clean");
  }
  return FaultOf(audit, AuditCommand(call));
}

Json BaselineJson(const std::string& file, const BaselineOutcome& outcome) {
  Json fixed = Json::array();
  for (const Finding& finding : outcome.gone) {
    fixed.push_back({{"id", finding.id}, {"check", finding.check}, {"message", finding.message}});
  }
  return {{"file", file},           {"new", outcome.fresh},
          {"known", outcome.known}, {"fixed", outcome.fixed},
          {"gone", fixed},          {"not_compared", outcome.not_looked_at}};
}

Json TellCost(Invocation& call, Project& project, const AuditResult& audit) {
  const AuditCost cost = MeasureCost(project.audited(), project.recipe()["audit"], audit);
  const Json json = CostToJson(cost);
  WriteJson(project.StageFolder("audit") / "cost.json", json);
  if (!call.json) PrintCost(*call.out, cost);
  return json;
}

Json RunMode(const std::string& mode, Invocation& call, Project& project) {
  if (mode == "history") return ShowHistory(call, project);
  if (mode == "due") return ShowDue(call, project);
  return mode == "schedule" ? ShowSchedule(call, project) : Waive(call, project);
}

}  // namespace

Json RunAuditVerb(Invocation& call) { return RunAuditWith(call, std::nullopt); }

Json RunAuditWith(Invocation& call, std::optional<Embedder> embedder) {
  const std::string mode = AuditMode(call);
  Project project = ProjectFor(call);
  if (embedder) project.DescribeWith(*std::move(embedder));
  if (!mode.empty()) return RunMode(mode, call, project);
  CheckAuditFiles(call, project, AuditCommand(call));
  CheckCollect(call, project, AuditCommand(call) + " ");
  const std::string baseline = call.Text("baseline");
  std::optional<AuditResult> before;
  if (!baseline.empty()) before = ReadBaseline(baseline);
  AuditResult audit = project.audit();
  if (const std::string policy = call.Text("policy"); !policy.empty()) {
    ApplyPolicy(policy, project.recipe().value, &audit);
  }
  AuditFileFacts facts{.gate = call.Text("fail_on")};
  if (facts.gate.empty()) facts.gate = project.recipe()["gates"].value("audit", "none");
  if (before) facts.compared = ApplyBaseline(*before, &audit);
  const std::filesystem::path page = WriteAuditFiles(call, project, audit, facts);
  if (!call.json) {
    PrintFindings(*call.out, audit, call.Flag("all"));
    if (before) PrintBaseline(*call.out, facts.compared, baseline, call.Flag("all"));
    PrintPolicy(*call.out, audit);
    PrintCounts(*call.out, audit, audit.source);
    *call.out << "page: " << page.string() << "\n";
  }
  const Json collect = WriteCollect(call, project);
  call.failure = FailureOf(call, audit, facts.gate);
  Json result = AuditToJson(audit);
  if (before) result["baseline"] = BaselineJson(baseline, facts.compared);
  if (!collect.is_null()) result["collect"] = collect;
  const std::filesystem::path folder = project.StageFolder("audit");
  if (call.Flag("cost")) result["cost"] = TellCost(call, project, audit);
  result["page"] = page.string();
  result["folder"] = folder.string();
  return result;
}

}  // namespace bottega

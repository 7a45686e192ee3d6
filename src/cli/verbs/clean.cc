#include <map>

#include "base/error.h"
#include "base/terminal.h"
#include "base/text.h"
#include "cli/output.h"
#include "cli/print.h"
#include "cli/project.h"
#include "cli/verbs/verbs.h"

namespace bottega {

const Spec& CleanSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "clean",
      .one_line = "plan and apply repairs, each logged and each undone at will",
      .text =
          "Your files are never changed: repairs act on what later stages read. Rows that are set "
          "aside go to quarantine/ with the reason. Without flags the plan is shown.",
      .params = {{.name = "undo",
                  .type = ParamType::kIntList,
                  .what = "take back the repairs with these numbers (as `--list` shows them)",
                  .fallback = Json::array(),
                  .min = 0,
                  .unit = "N"},
                 {.name = "redo",
                  .type = ParamType::kBool,
                  .what = "forget earlier undos",
                  .fallback = false},
                 {.name = "list",
                  .type = ParamType::kBool,
                  .what = "show every single repair with its number",
                  .fallback = false},
                 {.name = "out",
                  .what = "write the repaired table here (.csv or .parquet)",
                  .unit = "FILE",
                  .letter = 'o'}},
      .examples = {"bottega clean", "bottega clean --list", "bottega clean --undo 0",
                   "bottega clean --out repaired.csv"},
      .sets = {"*"}};
  return spec;
}

namespace {

Json Summary(const RepairPlan& plan, const std::vector<int64_t>& undone) {
  std::map<std::string, std::pair<int64_t, int64_t>> by_kind;
  for (const Repair& repair : plan.repairs) {
    ++by_kind[repair.repair].first;
    by_kind[repair.repair].second += static_cast<int64_t>(repair.rows.size());
  }
  Json repairs = Json::object();
  for (const auto& [name, counts] : by_kind) {
    repairs[name] = {{"repairs", counts.first}, {"rows", counts.second}};
  }
  return {{"repairs", repairs}, {"undone", undone}, {"count", plan.repairs.size()}};
}

void PrintRepairs(std::ostream& out, const RepairPlan& plan) {
  std::vector<std::vector<std::string>> rows = {
      {"number", "repair", "column", "before", "after", "rows", "why"}};
  for (size_t i = 0; i < plan.repairs.size(); ++i) {
    const Repair& repair = plan.repairs[i];
    rows.push_back({std::to_string(i), repair.repair, repair.column,
                    Shorten(repair.before.value_or(""), 24), Shorten(repair.after.value_or(""), 24),
                    FormatCount(static_cast<int64_t>(repair.rows.size())), repair.reason});
  }
  PrintTable(out, rows, TerminalWidth(1));
}

}  // namespace

Json RunClean(Invocation& call) {
  Project project = Project::Open(call.sets);
  CheckOutput({.path = call.Text("out"),
               .endings = {".csv", ".parquet"},
               .inputs = {SourceOf(project)},
               .command = "bottega clean --out "});
  if (call.Flag("redo")) project.Undo({});
  const std::vector<int64_t> undo = call.args.at("undo").get<std::vector<int64_t>>();
  if (!undo.empty()) project.Undo(undo);
  const RepairPlan& plan = project.repairs();
  const Dataset& repaired = project.repaired();
  if (!call.Text("out").empty()) WriteTable(call.Text("out"), *repaired.table);
  Json summary = Summary(plan, project.undone());
  summary["rows_before"] = project.data().size();
  summary["rows_after"] = repaired.size();
  summary["folder"] = project.StageFolder("clean").string();
  if (call.json) return summary;
  if (call.Flag("list")) {
    PrintRepairs(*call.out, plan);
  } else {
    std::vector<std::vector<std::string>> rows = {{"repair", "repairs", "rows"}};
    for (const auto& [name, counts] : summary["repairs"].items()) {
      rows.push_back({name, FormatCount(counts["repairs"].get<int64_t>()),
                      FormatCount(counts["rows"].get<int64_t>())});
    }
    PrintTable(*call.out, rows, TerminalWidth(1));
  }
  *call.out << FormatCount(project.data().size()) << " rows before, "
            << FormatCount(repaired.size()) << " after";
  const size_t undone = project.undone().size();
  if (undone > 0)
    *call.out << "; " << undone << (undone == 1 ? " repair" : " repairs") << " undone";
  *call.out << "\nlog and quarantine: " << summary["folder"].get<std::string>() << "\n";
  return summary;
}

}  // namespace bottega

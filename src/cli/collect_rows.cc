#include "cli/collect_rows.h"

#include <arrow/table.h>

#include <algorithm>
#include <map>

#include "audit/collect.h"
#include "base/json.h"
#include "base/terminal.h"
#include "base/text.h"
#include "cli/output.h"
#include "cli/print.h"
#include "data/arrow_support.h"

namespace bottega {
namespace {

constexpr int kPrintedPerKind = 8;

std::shared_ptr<arrow::Table> TableOf(const CollectPlan& plan) {
  std::vector<std::string> kind, name, condition;
  std::vector<int64_t> rows, needed, gather;
  for (const CollectPlan::Line& line : plan.lines) {
    kind.push_back(line.cell.kind);
    name.push_back(line.cell.name);
    condition.push_back(line.cell.condition);
    rows.push_back(line.cell.rows);
    needed.push_back(plan.needed);
    gather.push_back(line.gather);
  }
  return MakeTable({{"kind", TextArray(kind)},
                    {"name", TextArray(name)},
                    {"condition", TextArray(condition)},
                    {"rows", IntegerArray(rows)},
                    {"needed", IntegerArray(needed)},
                    {"gather", IntegerArray(gather)}});
}

void Print(std::ostream& out, const CollectPlan& plan, const std::string& path) {
  std::vector<std::vector<std::string>> rows = {{"kind", "name", "rows", "gather"}};
  std::map<std::string, int> shown;
  for (const CollectPlan::Line& line : plan.lines) {
    if (++shown[line.cell.kind] > kPrintedPerKind) continue;
    rows.push_back(
        {line.cell.kind, line.cell.name, FormatCount(line.cell.rows), FormatCount(line.gather)});
  }
  if (rows.size() > 1) PrintTable(out, rows, TerminalWidth(1));
  for (const auto& [kind, n] : shown) {
    if (n <= kPrintedPerKind) continue;
    out << "... and " << FormatCount(n - kPrintedPerKind) << " more of kind " << kind << "\n";
  }
  const size_t n = plan.lines.size();
  out << path << ": " << FormatCount(static_cast<int64_t>(n)) << " kinds of rows to gather; "
      << FormatCount(plan.needed) << " rows of each give a share to within +-"
      << FormatNumber(100 * plan.margin) << " points at level " << FormatNumber(plan.level)
      << ", counted among the rows that are scored; one row may serve several lines\n";
}

}  // namespace

void CheckCollect(const Invocation& call, const Project& project, const std::string& command) {
  CheckOutput({.path = call.Text("collect"),
               .endings = {".csv", ".json", ".parquet"},
               .inputs = {SourceOf(project)},
               .command = command + "--collect "});
}

Json WriteCollect(Invocation& call, Project& project) {
  const std::string path = call.Text("collect");
  if (path.empty()) return nullptr;
  const CollectPlan plan = PlanCollection(project.audited(), project.recipe()["audit"]);
  Json json = CollectToJson(plan);
  if (LowerAscii(path).ends_with(".json")) {
    WriteJson(path, json);
  } else {
    WriteTable(path, *TableOf(plan));
  }
  if (!call.json) Print(*call.out, plan, path);
  return json;
}

}  // namespace bottega

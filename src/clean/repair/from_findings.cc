#include <arrow/array.h>
#include <arrow/table.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "audit/check.h"
#include "audit/run_audit.h"
#include "base/text.h"
#include "clean/repair_kind.h"
#include "data/arrow_support.h"
#include "data/values.h"

namespace bottega {

namespace {

bool IsCheck(const std::string& name) {
  return std::ranges::any_of(Checks(), [&](const Check& c) { return c.spec().name == name; });
}

struct CellFix {
  std::optional<std::string> before, after;
  std::string evidence;
  double confidence = 1;
};

std::optional<std::string> TextOf(const Json& cell, const char* key) {
  if (!cell.contains(key) || cell[key].is_null()) return std::nullopt;
  return cell[key].is_string()         ? cell[key].get<std::string>()
         : cell[key].is_number_float() ? NumberText(cell[key].get<double>())
                                       : cell[key].dump();
}

// By column, then record number: the surest of what the findings say about the cell.
using CellFixes = std::map<std::string, std::map<int64_t, CellFix>>;

CellFixes FixesIn(const std::vector<Finding>& findings) {
  CellFixes fixes;
  for (const Finding& finding : findings) {
    if (!finding.detail.is_object() || !finding.detail.contains("cells")) continue;
    for (const Json& cell : finding.detail["cells"]) {
      CellFix fix{.before = TextOf(cell, "before"),
                  .after = TextOf(cell, "after"),
                  .evidence = cell.value("evidence", finding.message),
                  .confidence = cell.value("confidence", finding.confidence)};
      if (fix.before == fix.after) continue;
      CellFix& known = fixes[cell.value("column", finding.place.column)]
                           .try_emplace(cell.at("row").get<int64_t>(), fix)
                           .first->second;
      if (fix.confidence > known.confidence) known = std::move(fix);
    }
  }
  return fixes;
}

}  // namespace

std::vector<Finding> FindingsOf(const RepairContext& context, const std::string& check) {
  if (context.sources.audit_section == nullptr || !IsCheck(check)) return {};
  Json section = *context.sources.audit_section;
  Json chosen = Json::array();
  for (const Json& settings : section.at("checks")) {
    if (settings.at("name") == check) chosen.push_back(settings);
  }
  section["checks"] = std::move(chosen);
  return RunAudit(context.data, section).findings;
}

void PlanFromFindings(const std::string& repair, const std::vector<Finding>& findings,
                      const RepairContext& context, RepairPlan* plan) {
  const Dataset& data = context.data;
  std::unordered_map<int64_t, int64_t> position;
  const CellFixes fixes = FixesIn(findings);
  if (fixes.empty()) return;
  for (int64_t i = 0; i < data.size(); ++i) position.emplace(data.rows[static_cast<size_t>(i)], i);
  for (const auto& [name, cells] : fixes) {
    const int column = data.Find(name);
    if (column < 0) continue;
    const auto array = OneChunk(data.table->column(column));
    CellChanges changes(repair, name);
    int64_t differ = 0;
    for (const auto& [row, fix] : cells) {
      const auto at = position.find(row);
      if (at == position.end()) continue;
      const auto now = TextOfCell(*array, at->second);
      if (now != fix.before) {
        ++differ;
        continue;
      }
      changes.Add(row, now, fix.after, fix.evidence, fix.confidence);
    }
    if (differ > 0) {
      plan->refused.push_back(
          {repair, name, FormatCount(differ) + " cells hold something else than the audit saw"});
    }
    changes.Finish(plan);
  }
}

}  // namespace bottega

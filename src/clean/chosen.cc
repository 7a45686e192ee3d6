#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "clean/repairs.h"

namespace bottega {

namespace {

using Cell = std::optional<std::string>;
using ComponentColumn = std::pair<std::string, std::string>;

// Columns whose cells more than one component changes: there, a repair that is left out matters to
// the ones behind it.
std::set<std::string> SharedColumns(const RepairPlan& plan) {
  std::map<std::string, std::set<std::string>> touched;
  for (const Repair& repair : plan.repairs) {
    if (repair.action == RepairAction::kCell) touched[repair.column].insert(repair.repair);
  }
  std::set<std::string> shared;
  for (const auto& [column, components] : touched) {
    if (components.size() > 1) shared.insert(column);
  }
  return shared;
}

// Cells as they stand while a plan is walked. The first repair of a cell, applied or not, says what
// the source holds.
class Cells {
 public:
  explicit Cells(std::set<std::string> columns) : columns_(std::move(columns)) {}

  // Leaves in `repair` the rows whose cell holds what the repair expects.
  void Walk(Repair* repair) {
    if (!columns_.contains(repair->column)) return;
    auto& column = now_[repair->column];
    std::erase_if(repair->rows, [&](int64_t row) {
      const auto at = column.try_emplace(row, repair->before).first;
      const bool fits = at->second == repair->before;
      if (fits && repair->apply) at->second = repair->after;
      return !fits;
    });
  }

 private:
  std::set<std::string> columns_;
  std::map<std::string, std::unordered_map<int64_t, Cell>> now_;
};

// Types change only where all the cells were made ready for it.
std::set<ComponentColumn> HalfDone(const RepairPlan& plan) {
  std::set<ComponentColumn> half;
  for (const Repair& repair : plan.repairs) {
    const bool cells = repair.action == RepairAction::kCell;
    if (cells && !repair.apply) half.emplace(repair.repair, repair.column);
  }
  return half;
}

}  // namespace

bool AppliesByDefault(const Repair& repair, double sure) {
  if (repair.told) return false;
  // What `clean.labels` asks for was held against `clean.confidence` when it was planned.
  const bool asked = repair.repair == "suspicious_labels" || repair.repair == "correct_labels";
  return asked || repair.confidence >= sure;
}

std::vector<int64_t> Decisions(const RepairPlan& plan) {
  std::vector<int64_t> numbers;
  for (size_t i = 0; i < plan.repairs.size(); ++i) {
    const Repair& repair = plan.repairs[i];
    if (repair.apply != AppliesByDefault(repair, plan.sure)) {
      numbers.push_back(static_cast<int64_t>(i));
    }
  }
  return numbers;
}

RepairPlan Chosen(const RepairPlan& plan) {
  RepairPlan chosen = plan;
  chosen.repairs.clear();
  const bool decided = !Decisions(plan).empty();
  Cells cells(decided ? SharedColumns(plan) : std::set<std::string>());
  const std::set<ComponentColumn> half = HalfDone(plan);
  for (Repair repair : plan.repairs) {
    if (repair.action == RepairAction::kCell) cells.Walk(&repair);
    const bool type = repair.action == RepairAction::kType;
    if (!repair.apply || (type && half.contains({repair.repair, repair.column}))) continue;
    const bool needs_rows =
        repair.action == RepairAction::kCell || repair.action == RepairAction::kSetAside;
    if (needs_rows && repair.rows.empty()) continue;
    chosen.repairs.push_back(std::move(repair));
  }
  return chosen;
}

}  // namespace bottega

#include "clean/repairs.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "clean/repair_kind.h"

namespace bottega {

const std::vector<RepairKind>& AllRepairs() {
  static const std::vector<RepairKind> repairs = {
      kStripSpaces, kMergeSpellings, kConvertCells,       kImpossibleValues,
      kSetAside,    kDropDuplicates, kDropNearDuplicates, kDropColumns,
  };
  return repairs;
}

SpecList RepairSpecs() {
  SpecList specs;
  for (const RepairKind& kind : AllRepairs()) specs.push_back(&kind.spec());
  return specs;
}

void CellChanges::Add(int64_t row, std::optional<std::string> before,
                      std::optional<std::string> after, std::string reason) {
  const auto [found, fresh] = index_.try_emplace({before, after, reason}, changes_.size());
  if (!fresh) {
    changes_[found->second].rows.push_back(row);
    return;
  }
  changes_.push_back({.repair = repair_,
                      .rows = {row},
                      .column = column_,
                      .before = std::move(before),
                      .after = std::move(after),
                      .reason = std::move(reason)});
}

void CellChanges::Finish(RepairPlan* plan) {
  for (Repair& change : changes_) {
    std::ranges::sort(change.rows);
    plan->repairs.push_back(std::move(change));
  }
  changes_.clear();
  index_.clear();
}

bool HoldsValues(const Column& column) {
  return column.type == FeatureType::kCategory || column.type == FeatureType::kBinary ||
         column.type == FeatureType::kIdentifier || column.type == FeatureType::kText;
}

Repair SetAside(const std::string& repair, std::vector<int64_t> rows, const std::string& reason) {
  std::ranges::sort(rows);
  return {.repair = repair,
          .action = RepairAction::kSetAside,
          .rows = std::move(rows),
          .reason = reason};
}

namespace {

const RepairKind& KindOf(const std::string& name) {
  for (const RepairKind& kind : AllRepairs()) {
    if (kind.spec().name == name) return kind;
  }
  throw Error(ErrorKind::kRecipe, "there is no repair '" + name + "'");
}

std::vector<std::vector<int64_t>> ExactGroups(const Dataset& data, const Duplicates& duplicates) {
  std::vector<DuplicatePair> exact;
  for (const DuplicatePair& pair : duplicates.pairs) {
    if (pair.exact) exact.push_back(pair);
  }
  const std::vector<int64_t> group = GroupsOf(data.size(), exact);
  std::map<int64_t, std::vector<int64_t>> members;
  for (size_t i = 0; i < group.size(); ++i) members[group[i]].push_back(data.rows[i]);
  std::vector<std::vector<int64_t>> groups;
  for (auto& [first, rows] : members) {
    std::ranges::sort(rows);
    if (rows.size() > 1) groups.push_back(std::move(rows));
  }
  return groups;
}

}  // namespace

RepairPlan PlanRepairs(const Dataset& data, const AuditResult& audit, const Json& section,
                       const Duplicates* duplicates) {
  std::vector<std::vector<int64_t>> groups;
  if (duplicates != nullptr) groups = ExactGroups(data, *duplicates);
  const auto* known = duplicates != nullptr ? &groups : nullptr;
  Dataset current = data;
  RepairPlan plan;
  const auto take = [&](RepairPlan next) {
    if (!next.repairs.empty()) current = ApplyRepairs(current, next);
    std::ranges::move(next.repairs, std::back_inserter(plan.repairs));
    std::ranges::move(next.refused, std::back_inserter(plan.refused));
  };
  for (const Json& chosen : section.at("repairs")) {
    RepairPlan next;
    KindOf(chosen.at("name")).plan({current, audit, known}, chosen, &next);
    take(std::move(next));
  }
  if (section.at("labels") == "drop_suspicious") {
    RepairPlan next;
    PlanSuspiciousLabels({current, audit, known}, section.at("confidence").get<double>(), &next);
    take(std::move(next));
  }
  return plan;
}

}  // namespace bottega

// RepairKind: one thing that repairs look for. It plans; applying is the same for all.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "clean/repairs.h"

namespace bottega {

struct RepairContext {
  const Dataset& data;  // as the repairs before left it
  const AuditResult& audit;
  // Of the dataset before all repairs, by record number; nullptr: to be found.
  const std::vector<std::vector<int64_t>>* exact_groups;
};

struct RepairKind {
  const Spec& (*spec)();
  void (*plan)(const RepairContext&, const Json& settings, RepairPlan*);
};

const std::vector<RepairKind>& AllRepairs();

// One a file, in repair/.
extern const RepairKind kStripSpaces, kMergeSpellings, kConvertCells, kImpossibleValues, kSetAside,
    kDropDuplicates, kDropNearDuplicates, kDropColumns;

// Sets aside rows whose label the audit suspects with at least `confidence`.
void PlanSuspiciousLabels(const RepairContext& context, double confidence, RepairPlan* plan);

// Groups cell changes of one column by (before, after): one Repair for each pair, rows rising.
class CellChanges {
 public:
  CellChanges(std::string repair, std::string column)
      : repair_(std::move(repair)), column_(std::move(column)) {}
  void Add(int64_t row, std::optional<std::string> before, std::optional<std::string> after,
           std::string reason);
  void Finish(RepairPlan* plan);

 private:
  std::string repair_, column_;
  std::vector<Repair> changes_;
  std::map<std::tuple<std::optional<std::string>, std::optional<std::string>, std::string>, size_t>
      index_;
};

// Text columns that hold values rather than paths: category, binary, identifier, text.
bool HoldsValues(const Column& column);
// {rows} as set aside, with a reason.
Repair SetAside(const std::string& repair, std::vector<int64_t> rows, const std::string& reason);

}  // namespace bottega

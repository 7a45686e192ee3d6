// RepairKind: one thing that repairs look for. It plans; applying is the same for all.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "clean/raw_source.h"
#include "clean/repairs.h"

namespace bottega {

struct RepairContext {
  const Dataset& data;  // as the repairs before left it
  const RepairSources& sources;
  RawSource& raw;  // the source as it is written
  // Of the dataset before all repairs, by record number; nullptr: to be found.
  const std::vector<std::vector<int64_t>>* exact_groups;
};

struct RepairKind {
  const Spec& (*spec)();
  void (*plan)(const RepairContext&, const Json& settings, RepairPlan*);
};

const std::vector<RepairKind>& AllRepairs();

// One a file, in repair/.
extern const RepairKind kDamagedText, kStripSpaces, kMarkMissing, kPlainNumbers, kUnifyUnits,
    kUnifyDates, kMoveValues, kMergeSpellings, kFollowRules, kImpossibleValues, kSetAside,
    kDropDuplicates, kDropNearDuplicates, kRedact, kDropColumns;

// Sets aside rows whose label the audit suspects with at least `confidence`, or gives them the
// label that it suggests.
void PlanSuspiciousLabels(const RepairContext& context, double confidence, bool correct,
                          RepairPlan* plan);

// What a check finds in the data as they are now. Empty when there is no such check, or `sources`
// has no settings for it.
std::vector<Finding> FindingsOf(const RepairContext& context, const std::string& check);
// Cell changes from findings whose detail has {"cells": [{row, column, before, after, confidence,
// evidence}]}: after null is "missing", `before` is what the cell holds. Cells that hold something
// else, that are not in the data or of which another finding says something else with more
// confidence are left out.
void PlanFromFindings(const std::string& repair, const std::vector<Finding>& findings,
                      const RepairContext& context, RepairPlan* plan);

// Groups cell changes of one column by (before, after, reason): one Repair for each, rows rising.
class CellChanges {
 public:
  CellChanges(std::string repair, std::string column)
      : repair_(std::move(repair)), column_(std::move(column)) {}
  void Add(int64_t row, std::optional<std::string> before, std::optional<std::string> after,
           std::string reason, double confidence = 1);
  bool empty() const { return changes_.empty(); }
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

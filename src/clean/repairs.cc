#include "clean/repairs.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "audit/review/reviews.h"
#include "clean/repair_kind.h"

namespace bottega {

const std::vector<RepairKind>& AllRepairs() {
  static const std::vector<RepairKind> repairs = {
      kDamagedText, kStripSpaces,    kMarkMissing,        kPlainNumbers, kUnifyUnits,
      kUnifyDates,  kMoveValues,     kMergeSpellings,     kFollowRules,  kImpossibleValues,
      kSetAside,    kDropDuplicates, kDropNearDuplicates, kRedact,       kDropColumns,
  };
  return repairs;
}

SpecList RepairSpecs() {
  SpecList specs;
  for (const RepairKind& kind : AllRepairs()) specs.push_back(&kind.spec());
  return specs;
}

void CellChanges::Add(int64_t row, std::optional<std::string> before,
                      std::optional<std::string> after, std::string reason, double confidence) {
  const auto [found, fresh] = index_.try_emplace({before, after, reason}, changes_.size());
  if (!fresh) {
    Repair& change = changes_[found->second];
    change.rows.push_back(row);
    change.confidence = std::min(change.confidence, confidence);
    return;
  }
  changes_.push_back({.repair = repair_,
                      .rows = {row},
                      .column = column_,
                      .before = std::move(before),
                      .after = std::move(after),
                      .reason = std::move(reason),
                      .confidence = confidence});
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

void Decide(double sure, RepairPlan* plan) {
  for (Repair& repair : plan->repairs) repair.apply = AppliesByDefault(repair, sure);
}

}  // namespace

RepairPlan PlanRepairs(const Dataset& data, const Json& section, const RepairSources& sources) {
  std::vector<std::vector<int64_t>> groups;
  if (sources.duplicates != nullptr) groups = ExactGroups(data, *sources.duplicates);
  const auto* known = sources.duplicates != nullptr ? &groups : nullptr;
  RawSource raw(data);
  Dataset current = data;
  RepairPlan plan{.sure = section.at("sure").get<double>()};
  const auto take = [&](RepairPlan next) {
    Decide(plan.sure, &next);
    next.sure = plan.sure;
    if (!next.repairs.empty()) current = ApplyRepairs(current, next);
    std::ranges::move(next.repairs, std::back_inserter(plan.repairs));
    std::ranges::move(next.refused, std::back_inserter(plan.refused));
  };
  if (sources.reviews != nullptr) {
    take(PlanReviewed(data, *sources.reviews));
    plan.reviewed = DigestOfRulings(*sources.reviews);
  }
  for (const Json& chosen : section.at("repairs")) {
    RepairPlan next;
    KindOf(chosen.at("name")).plan({current, sources, raw, known}, chosen, &next);
    take(std::move(next));
  }
  const std::string labels = section.at("labels");
  if (labels != "keep") {
    RepairPlan next;
    PlanSuspiciousLabels({current, sources, raw, known}, section.at("confidence").get<double>(),
                         labels == "correct_suspicious", &next);
    take(std::move(next));
    plan.labels = true;
  }
  return plan;
}

}  // namespace bottega

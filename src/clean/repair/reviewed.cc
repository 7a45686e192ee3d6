#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "audit/review/reviews.h"
#include "base/text.h"
#include "clean/repair_kind.h"

namespace bottega {

namespace {

using Cell = std::optional<std::string>;

std::unordered_map<int64_t, Cell> LabelsByRow(const Dataset& data) {
  std::unordered_map<int64_t, Cell> labels;
  const Column* target = data.TargetColumn();
  std::vector<Cell> texts(static_cast<size_t>(data.size()));
  if (target != nullptr) texts = TextsOf(data, data.Find(target->name));
  for (size_t i = 0; i < texts.size(); ++i) labels.emplace(data.rows[i], std::move(texts[i]));
  return labels;
}

std::string ReasonOf(const Ruling& ruling) {
  constexpr size_t kDay = 10;
  return Join(ruling.by, " and ") + " decided so on " + ruling.time.substr(0, kDay) +
         (ruling.note.empty() ? "" : ": " + ruling.note);
}

// What makes two repairs of different plans the same.
auto KeyOf(const Repair& repair) {
  return std::tuple(repair.repair, repair.action, repair.column, repair.before, repair.after,
                    repair.rows);
}

}  // namespace

RepairPlan PlanReviewed(const Dataset& data, const Reviews& reviews) {
  RepairPlan plan;
  if (reviews.rulings.empty()) return plan;
  const auto labels = LabelsByRow(data);
  const Column* target = data.TargetColumn();
  for (const auto& [row, ruling] : reviews.rulings) {
    const auto now = labels.find(row);
    if (now == labels.end() || ruling.verdict == Verdict::kKeep) continue;
    if (ruling.verdict == Verdict::kSetAside) {
      plan.repairs.push_back(SetAside(kReviewedRows, {row}, ReasonOf(ruling)));
    } else if (target != nullptr && now->second != ruling.after) {
      plan.repairs.push_back({.repair = kReviewedLabels,
                              .rows = {row},
                              .column = target->name,
                              .before = now->second,
                              .after = ruling.after,
                              .reason = ReasonOf(ruling)});
    }
  }
  return plan;
}

void CarryDecisions(const RepairPlan& before, const Reviews& reviews, RepairPlan* plan) {
  std::map<decltype(KeyOf(Repair())), const Repair*> known;
  for (const int64_t k : Decisions(before)) {
    const Repair& repair = before.repairs[static_cast<size_t>(k)];
    known.emplace(KeyOf(repair), &repair);
  }
  for (Repair& repair : plan->repairs) {
    const auto same = known.find(KeyOf(repair));
    if (same == known.end()) continue;
    repair.apply = same->second->apply;
    known.erase(same);
  }
  for (const Repair& repair : before.repairs) {
    const bool accepted = repair.repair == "correct_labels" && repair.apply && repair.told;
    if (accepted && !reviews.rulings.contains(repair.rows[0])) plan->repairs.push_back(repair);
  }
}

}  // namespace bottega

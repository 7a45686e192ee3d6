#include "clean/lawful_rows.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "clean/repair_kind.h"
#include "profile/lawful_use.h"

namespace bottega {

RepairPlan PlanLawfulUse(const Dataset& data, const Json& recipe) {
  constexpr int64_t kSecondsOfDay = 86'400;
  RepairPlan plan;
  int64_t out = 0;
  LawfulUse use = JudgeRows(data, recipe, NowUnixSeconds() / kSecondsOfDay);
  for (Exclusion& exclusion : use.exclusions) {
    out += static_cast<int64_t>(exclusion.rows.size());
    plan.repairs.push_back(SetAside(kLawfulUse, std::move(exclusion.rows), exclusion.reason));
  }
  if (out > 0 && out == data.size()) {
    throw Error(ErrorKind::kData,
                "no row may be learned from: " + plan.repairs[0].reason + " in " +
                    FormatCount(static_cast<int64_t>(plan.repairs[0].rows.size())) + " of " +
                    FormatCount(data.size()) + " rows",
                {.file = data.source.string()}, "bottega audit");
  }
  return plan;
}

namespace {

// No repair of `plan` touches the rows of `gone`.
void LeaveAlone(const std::unordered_set<int64_t>& gone, RepairPlan* plan) {
  std::erase_if(plan->repairs, [&](Repair& repair) {
    const bool had_rows = !repair.rows.empty();
    std::erase_if(repair.rows, [&](int64_t row) { return gone.contains(row); });
    return had_rows && repair.rows.empty();
  });
}

bool KeepsForgotten(const Repair& repair) {
  return repair.repair == kLawfulUse && repair.reason == kForgotten;
}

}  // namespace

RepairPlan WithLawfulUse(const RepairPlan& lawful, RepairPlan plan) {
  std::erase_if(plan.repairs, [](const Repair& repair) { return repair.repair == kLawfulUse; });
  std::unordered_set<int64_t> gone;
  for (const Repair& repair : lawful.repairs) gone.insert(repair.rows.begin(), repair.rows.end());
  LeaveAlone(gone, &plan);
  plan.repairs.insert(plan.repairs.begin(), lawful.repairs.begin(), lawful.repairs.end());
  return plan;
}

void SetForgottenAside(const std::vector<int64_t>& rows, RepairPlan* plan) {
  std::vector<int64_t> all = ForgottenRows(*plan);
  all.insert(all.end(), rows.begin(), rows.end());
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  if (all.empty()) return;
  std::erase_if(plan->repairs, KeepsForgotten);
  LeaveAlone({all.begin(), all.end()}, plan);
  plan->repairs.insert(plan->repairs.begin(), SetAside(kLawfulUse, std::move(all), kForgotten));
}

std::vector<int64_t> ForgottenRows(const RepairPlan& plan) {
  std::vector<int64_t> rows;
  for (const Repair& repair : plan.repairs) {
    if (KeepsForgotten(repair)) rows.insert(rows.end(), repair.rows.begin(), repair.rows.end());
  }
  return rows;
}

}  // namespace bottega

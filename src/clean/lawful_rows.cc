#include "clean/lawful_rows.h"

#include <algorithm>
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

RepairPlan PlanLawfulRepairs(const Dataset& data, const RepairPlan& lawful,
                             const AuditResult& audit, const Json& section,
                             const Duplicates* duplicates) {
  if (lawful.repairs.empty()) return PlanRepairs(data, audit, section, duplicates);
  RepairPlan rest = PlanRepairs(ApplyRepairs(data, lawful), audit, section, duplicates);
  RepairPlan plan = lawful;
  std::ranges::move(rest.repairs, std::back_inserter(plan.repairs));
  std::ranges::move(rest.refused, std::back_inserter(plan.refused));
  return plan;
}

}  // namespace bottega

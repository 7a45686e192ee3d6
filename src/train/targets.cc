#include "train/targets.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "base/error.h"

namespace bottega {

bool Targets::Known(int64_t position) const {
  const size_t at = static_cast<size_t>(position);
  return classification ? labels[at] >= 0 : std::isfinite(values[at]);
}

Targets MakeTargets(const FittedPlan& plan, const Dataset& data) {
  Targets targets;
  targets.classification = plan.task == "classification";
  targets.classes = static_cast<int64_t>(plan.classes.size());
  if (targets.classification) {
    targets.labels = LabelsOf(plan, data);
  } else {
    targets.values = ValuesOf(plan, data);
  }
  targets.weight.assign(static_cast<size_t>(data.size()), 1.0);
  const int column = data.RoleIndex(Role::kWeight);
  if (column < 0) return targets;
  targets.weight = NumbersOf(data, column);
  for (size_t i = 0; i < targets.weight.size(); ++i) {
    if (targets.weight[i] >= 0 && std::isfinite(targets.weight[i])) continue;
    const std::string name = data.columns[static_cast<size_t>(column)].name;
    throw Error(ErrorKind::kData, "a row weight must be a number from 0",
                {.file = data.source.string(), .row = data.rows[i], .column = name});
  }
  return targets;
}

std::vector<int64_t> KnownOnly(const Targets& targets, const std::vector<int64_t>& positions) {
  std::vector<int64_t> known;
  std::copy_if(positions.begin(), positions.end(), std::back_inserter(known),
               [&](int64_t position) { return targets.Known(position); });
  return known;
}

}  // namespace bottega

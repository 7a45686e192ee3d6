#include "clean/target.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/text.h"

namespace bottega {

namespace {

const Column* TargetOf(const FittedPlan& plan) {
  for (const Column& column : plan.columns) {
    if (column.role == Role::kTarget) return &column;
  }
  return nullptr;
}

void FitClasses(const Dataset& train, const Column& target, FittedPlan* plan) {
  const Codes codes = CodesOf(train, train.Find(target.name));
  std::vector<int64_t> counts(codes.values.size());
  for (int32_t code : codes.code) {
    if (code >= 0) ++counts[static_cast<size_t>(code)];
  }
  for (size_t k = 0; k < counts.size(); ++k) {
    if (counts[k] > 0) plan->classes.push_back(codes.values[k]);
  }
  if (plan->classes.size() < 2) {
    throw Error(ErrorKind::kData,
                plan->classes.empty() ? "the target has no value in the training rows"
                                      : "the target has one class only, '" + plan->classes[0] +
                                            "': there is nothing to tell apart",
                {.file = train.source.string(), .column = target.name},
                "`bottega audit " + ShellQuote(train.source.string()) +
                    "` says more; `bottega init --help`, how to name another target");
  }
  if (plan->classes.size() == 2) plan->positive = counts[0] < counts[1] ? 0 : 1;
}

void FitScale(const Dataset& train, const Column& target, FittedPlan* plan) {
  double mean = 0, squares = 0;
  int64_t n = 0;
  for (double y : NumbersOf(train, train.Find(target.name))) {
    if (!std::isfinite(y)) continue;
    const double delta = y - mean;
    mean += delta / static_cast<double>(++n);
    squares += delta * (y - mean);
  }
  const Place place = {.file = train.source.string(), .column = target.name};
  if (n == 0) throw Error(ErrorKind::kData, "the target has no value in the training rows", place);
  plan->target_mean = mean;
  plan->target_scale = std::sqrt(squares / static_cast<double>(n));
  if (plan->target_scale > 0) return;
  throw Error(ErrorKind::kData,
              "the target is " + FormatNumber(mean, 10) + " in every training row", place,
              "`bottega audit " + ShellQuote(train.source.string()) +
                  "` says more; `bottega init --help`, how to name another target");
}

}  // namespace

void FitTarget(const Dataset& train, FittedPlan* plan) {
  const Column* target = train.TargetColumn();
  if (target == nullptr) return;
  const bool number = target->type == FeatureType::kNumber || target->type == FeatureType::kDate;
  plan->task = number ? "regression" : "classification";
  if (number) {
    FitScale(train, *target, plan);
  } else {
    FitClasses(train, *target, plan);
  }
}

void SetPositive(FittedPlan* plan, const std::string& label) {
  const auto found = std::ranges::find(plan->classes, label);
  if (found == plan->classes.end()) {
    throw Error(ErrorKind::kRecipe, "data.positive is '" + label + "', but the classes are " +
                                        Join(plan->classes, ", "));
  }
  plan->positive = static_cast<int>(found - plan->classes.begin());
}

std::vector<int32_t> LabelsOf(const FittedPlan& plan, const Dataset& data) {
  std::vector<int32_t> labels(static_cast<size_t>(data.size()), -1);
  const Column* target = TargetOf(plan);
  const int index = target == nullptr ? -1 : data.Find(target->name);
  if (index < 0) return labels;
  const Codes codes = CodesOf(data, index);
  std::vector<int32_t> class_of(codes.values.size(), -1);
  for (size_t k = 0; k < codes.values.size(); ++k) {
    const auto found = std::ranges::find(plan.classes, codes.values[k]);
    if (found != plan.classes.end()) {
      class_of[k] = static_cast<int32_t>(found - plan.classes.begin());
    }
  }
  for (size_t i = 0; i < labels.size(); ++i) {
    if (codes.code[i] >= 0) labels[i] = class_of[static_cast<size_t>(codes.code[i])];
  }
  return labels;
}

std::vector<float> ValuesOf(const FittedPlan& plan, const Dataset& data) {
  constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();
  std::vector<float> values(static_cast<size_t>(data.size()), kMissing);
  const Column* target = TargetOf(plan);
  const int index = target == nullptr ? -1 : data.Find(target->name);
  if (index < 0) return values;
  const std::vector<double> raw = NumbersOf(data, index);
  for (size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(raw[i])) continue;
    values[i] = static_cast<float>((raw[i] - plan.target_mean) / plan.target_scale);
  }
  return values;
}

}  // namespace bottega

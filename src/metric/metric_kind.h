// MetricKind: one metric as a component: its Spec and its value as a function of a Tally.
#pragma once

#include <vector>

#include "metric/tally.h"
#include "spec/spec.h"

namespace bottega {

struct MetricKind {
  const Spec* spec = nullptr;
  Task task = Task::kClassification;
  bool larger_is_better = true;
  double least = 0, most = 1;  // that it can be
  double most_of_many = most;  // of more than two classes
  bool ranks = false;          // needs Tally::auc
  // NaN where the metric is undefined, as the AUC of a part with one class.
  double (*value)(const Tally&) = nullptr;
};

// Precision, recall and F1 of one class. With S the weight of the true class and P that of the rows
// predicted so: precision is NaN when both are 0 and 0 when only P is; recall is NaN when S is 0;
// F1 is NaN when both are 0.
double PrecisionOf(const Tally& tally, int cls);
double RecallOf(const Tally& tally, int cls);
double F1Of(const Tally& tally, int cls);
// Mean over the classes that occur in truth or predictions (scikit-learn's labels); an undefined
// value among them counts as 0.
double MacroOf(const Tally& tally, double (*of)(const Tally&, int));
// Of the positive class when binary, else macro.
double PositiveOrMacro(const Tally& tally, double (*of)(const Tally&, int));

}  // namespace bottega

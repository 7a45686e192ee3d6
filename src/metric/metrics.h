// Metrics by name. Names: those of MetricSpecs(), and per_class.<class>.{precision,recall,f1}.
// Formulas and sources stand in each metric's Spec.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "metric/metric_kind.h"
#include "metric/predictions.h"
#include "spec/spec.h"

namespace bottega {

const std::vector<MetricKind>& MetricKinds();
SpecList MetricSpecs();
// nullptr if there is none of that name (per_class names included).
const MetricKind* FindMetric(const std::string& name);

// The value over all rows of `predictions` whose truth is known, NaN where undefined. An unknown
// name, or one of the other task, is an Error (kRecipe) that names the nearest. `bins`: of ece.
double Metric(const std::string& name, const Predictions& predictions, int bins = kBins);

// For the training loop: every metric of the task in one pass. ROC AUC sorts once a class and is
// left out beyond so many classes (ask Metric for it).
inline constexpr size_t kMostClassesRankedQuickly = 20;
std::map<std::string, double> QuickMetrics(const Predictions& predictions, int bins = kBins);

// Names that are defined for the task, in the order of the report.
std::vector<std::string> MetricNames(Task task);
// false for losses and errors (log_loss, brier, ece, rmse, mae). Also understands a leading part
// ("validation.f1"), "loss", and per_class names. Unknown names are an Error as above.
bool LargerIsBetter(const std::string& name);

}  // namespace bottega

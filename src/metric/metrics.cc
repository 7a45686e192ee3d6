#include "metric/metrics.h"

#include <limits>

#include "base/error.h"
#include "base/text.h"

namespace bottega {

MetricKind AccuracyMetric();
MetricKind BalancedAccuracyMetric();
MetricKind PrecisionMetric();
MetricKind RecallMetric();
MetricKind F1Metric();
MetricKind F1MacroMetric();
MetricKind F1WeightedMetric();
MetricKind RocAucMetric();
MetricKind LogLossMetric();
MetricKind BrierMetric();
MetricKind EceMetric();
MetricKind RmseMetric();
MetricKind MaeMetric();
MetricKind R2Metric();

const std::vector<MetricKind>& MetricKinds() {
  static const std::vector<MetricKind> kinds = {
      AccuracyMetric(),   BalancedAccuracyMetric(),
      PrecisionMetric(),  RecallMetric(),
      F1Metric(),         F1MacroMetric(),
      F1WeightedMetric(), RocAucMetric(),
      LogLossMetric(),    BrierMetric(),
      EceMetric(),        RmseMetric(),
      MaeMetric(),        R2Metric(),
  };
  return kinds;
}

namespace {

struct ClassMetric {
  std::string cls;
  double (*value)(const Tally&, int) = nullptr;
};

// per_class.<class>.f1, where the class may hold dots.
ClassMetric ParseClassMetric(const std::string& name) {
  constexpr std::string_view kPrefix = "per_class.";
  const size_t dot = name.rfind('.');
  if (!name.starts_with(kPrefix) || dot <= kPrefix.size()) return {};
  const std::string metric = name.substr(dot + 1);
  ClassMetric found{name.substr(kPrefix.size(), dot - kPrefix.size()), nullptr};
  if (metric == "precision") found.value = PrecisionOf;
  if (metric == "recall") found.value = RecallOf;
  if (metric == "f1") found.value = F1Of;
  return found;
}

Error UnknownMetric(const std::string& name, Task task) {
  const std::vector<std::string> names = MetricNames(task);
  const std::vector<std::string> near = NearestNames(name, names);
  const std::string task_name = task == Task::kClassification ? "classification" : "regression";
  return Error(ErrorKind::kRecipe, "there is no metric '" + name + "' for " + task_name, {},
               near.empty()
                   ? "metrics are " + Join(names, ", ") + "; `bottega list metrics` explains them"
                   : "did you mean " + Join(near, ", ") + "? `bottega list metrics` explains them");
}

double ClassMetricValue(const ClassMetric& metric, const std::string& name, const Predictions& p) {
  for (size_t c = 0; c < p.classes.size(); ++c) {
    if (p.classes[c] == metric.cls) {
      return metric.value(Tallier(p, {.ranks = false}).All(), static_cast<int>(c));
    }
  }
  const std::vector<std::string> near = NearestNames(metric.cls, p.classes);
  throw Error(ErrorKind::kRecipe, "'" + name + "' names no class of the target", {},
              "classes are " + Join(near.empty() ? p.classes : near, ", "));
}

}  // namespace

SpecList MetricSpecs() {
  SpecList specs;
  for (const MetricKind& kind : MetricKinds()) specs.push_back(kind.spec);
  return specs;
}

const MetricKind* FindMetric(const std::string& name) {
  for (const MetricKind& kind : MetricKinds()) {
    if (kind.spec->name == name) return &kind;
  }
  return nullptr;
}

std::vector<std::string> MetricNames(Task task) {
  std::vector<std::string> names;
  for (const MetricKind& kind : MetricKinds()) {
    if (kind.task == task) names.push_back(kind.spec->name);
  }
  return names;
}

double Metric(const std::string& name, const Predictions& predictions, int bins) {
  const ClassMetric of_class = ParseClassMetric(name);
  if (of_class.value && predictions.task == Task::kClassification) {
    return ClassMetricValue(of_class, name, predictions);
  }
  const MetricKind* kind = FindMetric(name);
  if (!kind || kind->task != predictions.task) throw UnknownMetric(name, predictions.task);
  return kind->value(Tallier(predictions, {.ranks = kind->ranks, .bins = bins}).All());
}

std::map<std::string, double> QuickMetrics(const Predictions& predictions, int bins) {
  const bool ranks = predictions.classes.size() <= kMostClassesRankedQuickly;
  const Tally tally = Tallier(predictions, {.ranks = ranks, .bins = bins}).All();
  std::map<std::string, double> values;
  for (const MetricKind& kind : MetricKinds()) {
    if (kind.task != predictions.task || (kind.ranks && !ranks)) continue;
    values[kind.spec->name] = kind.value(tally);
  }
  return values;
}

bool LargerIsBetter(const std::string& name) {
  std::string bare = name;
  for (const std::string_view part : {"train.", "validation.", "test."}) {
    if (bare.starts_with(part)) bare = bare.substr(part.size());
  }
  if (bare == "loss") return false;
  if (ParseClassMetric(bare).value) return true;
  if (const MetricKind* kind = FindMetric(bare)) return kind->larger_is_better;
  throw UnknownMetric(bare, Task::kClassification);
}

}  // namespace bottega

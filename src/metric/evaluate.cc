#include "metric/evaluate.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "metric/baseline.h"
#include "metric/bootstrap.h"
#include "metric/cross_validation.h"
#include "metric/metrics.h"
#include "metric/number_json.h"
#include "metric/warnings.h"

namespace bottega {

namespace {

constexpr double kDominantClass = 0.8;
constexpr const char* kClassMetrics[] = {"precision", "recall", "f1"};
constexpr double (*kClassValues[])(const Tally&, int) = {PrecisionOf, RecallOf, F1Of};

// All numbers of one part in a fixed order: the metrics, then three a class.
std::vector<double> NumbersOfTally(const Tally& tally,
                                   const std::vector<const MetricKind*>& kinds) {
  std::vector<double> numbers;
  for (const MetricKind* kind : kinds) numbers.push_back(kind->value(tally));
  for (int c = 0; c < tally.classes; ++c) {
    for (const auto value : kClassValues) numbers.push_back(value(tally, c));
  }
  return numbers;
}

std::vector<const MetricKind*> KindsOf(Task task) {
  std::vector<const MetricKind*> kinds;
  for (const MetricKind& kind : MetricKinds()) {
    if (kind.task == task) kinds.push_back(&kind);
  }
  return kinds;
}

Json Confusion(const Tally& tally) {
  Json rows = Json::array();
  for (int t = 0; t < tally.classes; ++t) {
    Json row = Json::array();
    for (int c = 0; c < tally.classes; ++c) row.push_back(NumberJson(tally.At(t, c)));
    rows.push_back(row);
  }
  return rows;
}

Json Calibration(const Tally& tally, const Predictions& p) {
  Json bins = Json::array();
  const double width = 1.0 / static_cast<double>(tally.bin_weight.size());
  for (size_t b = 0; b < tally.bin_weight.size(); ++b) {
    const double weight = tally.bin_weight[b];
    if (weight <= 0) continue;
    bins.push_back({{"low", static_cast<double>(b) * width},
                    {"high", static_cast<double>(b + 1) * width},
                    {"weight", NumberJson(weight)},
                    {"predicted", NumberJson(tally.bin_predicted[b] / weight)},
                    {"observed", NumberJson(tally.bin_observed[b] / weight)}});
  }
  const int positive = PositiveClass(p);
  return {{"of", positive >= 0 ? p.classes[static_cast<size_t>(positive)] : "predicted class"},
          {"bins", bins}};
}

void AddClasses(const Predictions& p, const Tally& tally, const std::vector<double>& numbers,
                const std::vector<Interval>& intervals, size_t at, Json* part) {
  Json& classes = (*part)["per_class"] = Json::object();
  for (size_t c = 0; c < p.classes.size(); ++c) {
    Json& one = classes[p.classes[c]];
    one["weight"] = NumberJson(tally.Support(static_cast<int>(c)));
    for (const char* name : kClassMetrics) {
      one[name] = ValueJson(numbers[at], intervals[at]);
      ++at;
    }
  }
  (*part)["confusion"] = Confusion(tally);
  if (!tally.bin_weight.empty()) (*part)["calibration"] = Calibration(tally, p);
}

// A share of 0 or 1 has no spread in any resample, yet `count` rows do not prove it: then the
// interval of Clopper and Pearson (Biometrika 26, 1934), which has a closed form there.
Interval WidenedIfCertain(double value, Interval interval, double count, double level) {
  if (interval.low != interval.high || count <= 0) return interval;
  const double open = std::pow((1 - level) / 2, 1 / count);
  if (value == 1) return {open, 1};
  if (value == 0) return {0, 1 - open};
  return interval;
}

// For the quantities that are shares of rows: accuracy, precision and recall of a class.
void WidenCertain(const Tally& tally, double level, const std::vector<const MetricKind*>& kinds,
                  const std::vector<double>& numbers, std::vector<Interval>* intervals) {
  const auto widen = [&](size_t at, double count) {
    (*intervals)[at] = WidenedIfCertain(numbers[at], (*intervals)[at], count, level);
  };
  for (size_t m = 0; m < kinds.size(); ++m) {
    if (kinds[m]->spec->name == "accuracy") widen(m, tally.weight);
  }
  constexpr size_t kEach = std::size(kClassMetrics);
  for (int c = 0; c < tally.classes; ++c) {
    const size_t at = kinds.size() + kEach * static_cast<size_t>(c);
    widen(at, tally.Predicted(c));
    widen(at + 1, tally.Support(c));
  }
}

Json EvaluatePart(const Predictions& p, const Baseline& baseline, const Json& section) {
  const Tallier tallier(p, {.bins = section.at("bins")});
  const std::vector<const MetricKind*> kinds = KindsOf(p.task);
  const Tally tally = tallier.All();
  const std::vector<double> numbers = NumbersOfTally(tally, kinds);
  const BootstrapOptions options{.resamples = section.at("resamples"),
                                 .level = section.at("level"),
                                 .seed = section.at("seed")};
  std::vector<Interval> intervals = Bootstrap(
      tallier, numbers.size(),
      [&](const Tally& t, std::vector<double>* values) { *values = NumbersOfTally(t, kinds); },
      options);
  WidenCertain(tally, options.level, kinds, numbers, &intervals);
  Json part = {{"rows", tallier.size()}, {"weight", NumberJson(tally.weight)}};
  const int drawn = ResamplesFor(tallier.size(), options.resamples);
  if (drawn != options.resamples) part["resamples"] = drawn;
  for (size_t m = 0; m < kinds.size(); ++m) {
    part[kinds[m]->spec->name] = ValueJson(numbers[m], intervals[m]);
  }
  if (tally.classes > 0) AddClasses(p, tally, numbers, intervals, kinds.size(), &part);
  const Tally guessed = Tallier(baseline.For(p), {.bins = section.at("bins")}).All();
  Json& base = part["baseline"] = {{"predicts", baseline.answer}};
  for (const MetricKind* kind : kinds) {
    base[kind->spec->name] = {{"value", NumberJson(kind->value(guessed))}};
  }
  part["warnings"] = PartWarnings(p, tallier, tally, section.at("few_rows"));
  return part;
}

std::string PrimaryMetric(const Json& section, const Predictions& p, const Baseline& baseline) {
  const std::string wanted = section.at("primary");
  if (wanted != "auto") {
    Metric(wanted, OfPart(p, "none"));
    return wanted;
  }
  if (p.task == Task::kRegression) return "r2";
  return baseline.largest_share > kDominantClass ? "balanced_accuracy" : "accuracy";
}

}  // namespace

Json EvaluateAll(const Predictions& p, const Json& section) {
  if (p.size() == 0) {
    throw Error(ErrorKind::kData, "there are no predictions to evaluate", {},
                "`bottega runs` lists the runs that have some");
  }
  const Predictions train = OfPart(p, "train");
  const Baseline baseline = MakeBaseline(train.size() > 0 ? train : p);
  const bool classes = p.task == Task::kClassification;
  Json metrics = {{"format", 1}, {"task", classes ? "classification" : "regression"}};
  if (classes) {
    metrics["classes"] = p.classes;
    const int positive = PositiveClass(p);
    metrics["positive"] = positive < 0 ? Json() : Json(p.classes[static_cast<size_t>(positive)]);
  }
  metrics["primary"] = PrimaryMetric(section, p, baseline);
  metrics["level"] = section.at("level");
  metrics["resamples"] = section.at("resamples");
  for (const char* name : {"train", "validation", "test", kOutOfFold}) {
    const Predictions part = OfPart(p, name);
    if (part.size() > 0) metrics[name] = EvaluatePart(part, baseline, section);
  }
  return metrics;
}

}  // namespace bottega

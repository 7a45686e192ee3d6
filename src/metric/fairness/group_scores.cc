#include "metric/fairness/group_scores.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "metric/metric_kind.h"

namespace bottega {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double Mean(double sum, const Tally& t) { return t.weight > 0 ? sum / t.weight : kNaN; }

double SelectionRate(const Tally& t) { return Mean(t.Predicted(t.positive), t); }
double BaseRate(const Tally& t) { return Mean(t.Support(t.positive), t); }
double Precision(const Tally& t) { return PrecisionOf(t, t.positive); }
double Recall(const Tally& t) { return RecallOf(t, t.positive); }
double MeanPredicted(const Tally& t) { return Mean(t.predicted_sum, t); }
double MeanError(const Tally& t) { return Mean(t.error, t); }
double Mae(const Tally& t) { return Mean(t.absolute, t); }
double Rmse(const Tally& t) { return std::sqrt(Mean(t.squared, t)); }

double FalsePositiveRate(const Tally& t) {
  const int negative = 1 - t.positive;
  const double support = t.Support(negative);
  return support > 0 ? t.At(negative, t.positive) / support : kNaN;
}

double Accuracy(const Tally& t) {
  double correct = 0;
  for (int c = 0; c < t.classes; ++c) correct += t.At(c, c);
  return Mean(correct, t);
}

// Over the classes that occur in the group.
double BalancedAccuracy(const Tally& t) {
  double sum = 0;
  int count = 0;
  for (int c = 0; c < t.classes; ++c) {
    if (t.Support(c) <= 0) continue;
    sum += RecallOf(t, c);
    ++count;
  }
  return count > 0 ? sum / count : kNaN;
}

struct Range {
  double low = kNaN, high = kNaN;
};

// NaN as soon as one group has no value: a gap over the others would hide it.
Range RangeOf(const std::vector<Tally>& groups, double (*value)(const Tally&)) {
  Range range;
  for (const Tally& group : groups) {
    const double v = value(group);
    if (std::isnan(v)) return {};
    range.low = std::isnan(range.low) ? v : std::min(range.low, v);
    range.high = std::isnan(range.high) ? v : std::max(range.high, v);
  }
  return range;
}

template <double (*value)(const Tally&)>
double Gap(const std::vector<Tally>& groups) {
  const Range range = RangeOf(groups, value);
  return range.high - range.low;
}

double SelectionRatio(const std::vector<Tally>& groups) {
  const Range range = RangeOf(groups, SelectionRate);
  return range.high > 0 ? range.low / range.high : kNaN;
}

double EqualizedOddsGap(const std::vector<Tally>& groups) {
  const double recall = Gap<Recall>(groups), false_positive = Gap<FalsePositiveRate>(groups);
  return std::isnan(recall) || std::isnan(false_positive) ? kNaN : std::max(recall, false_positive);
}

enum class Kind { kBinary, kMulticlass, kNumber };

Kind KindOf(const Predictions& predictions) {
  if (predictions.task == Task::kRegression) return Kind::kNumber;
  return PositiveClass(predictions) >= 0 ? Kind::kBinary : Kind::kMulticlass;
}

}  // namespace

const std::vector<GroupScore>& GroupScoresFor(const Predictions& predictions) {
  static const std::vector<GroupScore> binary = {
      {"base_rate", BaseRate}, {"selection_rate", SelectionRate},
      {"accuracy", Accuracy},  {"precision", Precision},
      {"recall", Recall},      {"false_positive_rate", FalsePositiveRate}};
  static const std::vector<GroupScore> multiclass = {{"accuracy", Accuracy},
                                                     {"balanced_accuracy", BalancedAccuracy}};
  static const std::vector<GroupScore> number = {
      {"mean_predicted", MeanPredicted}, {"mean_error", MeanError}, {"mae", Mae}, {"rmse", Rmse}};
  const Kind kind = KindOf(predictions);
  return kind == Kind::kBinary ? binary : kind == Kind::kMulticlass ? multiclass : number;
}

const std::vector<GroupGap>& GroupGapsFor(const Predictions& predictions) {
  static const std::vector<GroupGap> binary = {
      {"demographic_parity_gap", false, Gap<SelectionRate>},
      {"demographic_parity_ratio", true, SelectionRatio},
      {"equalized_odds_gap", false, EqualizedOddsGap},
      {"equal_opportunity_gap", false, Gap<Recall>},
      {"accuracy_gap", false, Gap<Accuracy>}};
  static const std::vector<GroupGap> multiclass = {
      {"accuracy_gap", false, Gap<Accuracy>},
      {"balanced_accuracy_gap", false, Gap<BalancedAccuracy>}};
  static const std::vector<GroupGap> number = {{"mae_gap", false, Gap<Mae>},
                                               {"mean_error_gap", false, Gap<MeanError>}};
  const Kind kind = KindOf(predictions);
  return kind == Kind::kBinary ? binary : kind == Kind::kMulticlass ? multiclass : number;
}

}  // namespace bottega

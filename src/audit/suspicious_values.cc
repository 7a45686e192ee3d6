#include "audit/suspicious_values.h"

#include <algorithm>
#include <cmath>

#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "audit/label_judgement.h"
#include "base/text.h"
#include "learn/residuals.h"

namespace bottega {
namespace {

constexpr size_t kFewestRows = 100;
constexpr double kLeastExplained = 0.1;  // share of the variance below which nothing is reported

// Robust share of the spread that the prediction takes away: 1 - (MAD of residuals / MAD)^2.
double Explained(const std::vector<double>& value, const std::vector<double>& predicted) {
  std::vector<double> centred = value, residual;
  for (size_t i = 0; i < value.size(); ++i) residual.push_back(std::abs(value[i] - predicted[i]));
  const auto median = [](std::vector<double>* v) {
    const auto middle = v->begin() + static_cast<int64_t>(v->size() / 2);
    std::nth_element(v->begin(), middle, v->end());
    return *middle;
  };
  const double centre = median(&centred);
  for (double& v : centred) v = std::abs(v - centre);
  const double before = median(&centred), after = median(&residual);
  return before > 0 ? 1 - after * after / (before * before) : 0;
}

// Per row of the features.
struct Judged {
  const std::vector<double>&value, &predicted, &scaled;
  const std::vector<float>& chance;
};

// The most striking only, where there are so many that the prediction is to be doubted instead.
void ReportAll(const AuditContext& context, const LabelFeatures& features, const Judged& judged,
               std::vector<size_t> suspects, Findings& findings) {
  const Dataset& data = context.data;
  const int target = TargetIndex(data);
  const double n = static_cast<double>(judged.value.size());
  const bool trusted = static_cast<double>(suspects.size()) <= 0.05 * n;
  const size_t few =
      std::max<size_t>(10, static_cast<size_t>(context.settings.at("few").get<double>() * n));
  if (!trusted && suspects.size() > few) suspects.resize(few);
  for (const size_t i : suspects) {
    const int64_t position = features.positions[i];
    Finding& finding = findings.Add(
        trusted ? Severity::kWarning : Severity::kInfo, PlaceOf(data, position, target),
        NameRow(data, position) + " has " + data.columns[static_cast<size_t>(target)].name + " " +
            FormatNumber(judged.value[i]) + " where rows like it suggest " +
            FormatNumber(judged.predicted[i]) + " (" + FormatNumber(judged.scaled[i], 3) +
            " times the usual error)",
        "look at it: a slipped digit, unit or row? Correct the value or leave the row out");
    finding.confidence = std::clamp(1.0 - judged.chance[i], 0.0, 0.99);
    finding.detail = {{"given", judged.value[i]},
                      {"suggested", judged.predicted[i]},
                      {"scaled_residual", judged.scaled[i]},
                      {"chance", judged.chance[i]}};
  }
}

}  // namespace

void FindSuspiciousValues(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  if (data.columns[static_cast<size_t>(TargetIndex(data))].type != FeatureType::kNumber) {
    findings.Skip("the target is a date");
    return;
  }
  const LabelFeatures features = MakeLabelFeatures(context);
  if (features.positions.size() < kFewestRows) {
    findings.Skip("fewer than 100 rows");
    return;
  }
  const std::vector<double> predicted = JudgeValues(context, features);
  if (predicted.empty()) {
    findings.Skip("there are no columns that the target could be predicted from");
    return;
  }
  const std::vector<double>& numbers = context.shared.NumbersOfColumn(TargetIndex(data));
  std::vector<double> value;
  for (const int64_t p : features.positions) value.push_back(numbers[static_cast<size_t>(p)]);
  const std::vector<double> scaled = ScaledResiduals(value, predicted);
  std::vector<float> tail;
  const std::vector<float> chance = ChanceOfResiduals(scaled, &tail);
  std::vector<float> sound(static_cast<size_t>(data.size()), std::nanf(""));
  std::vector<size_t> suspects;
  const double most = context.settings.at("chance").get<double>();
  for (size_t i = 0; i < chance.size(); ++i) {
    sound[static_cast<size_t>(features.positions[i])] = tail[i];
    if (chance[i] <= most) suspects.push_back(i);
  }
  findings.Score(std::move(sound));
  if (Explained(value, predicted) < kLeastExplained) return;
  std::ranges::stable_sort(suspects, {}, [&](size_t i) { return chance[i]; });
  ReportAll(context, features, {value, predicted, scaled, chance}, suspects, findings);
}

}  // namespace bottega

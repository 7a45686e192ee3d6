#include "report/score.h"

#include <cmath>
#include <limits>

#include "base/text.h"

namespace bottega {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double NumberAt(const Json& node, const char* key) {
  const Json& value = Member(node, key);
  return value.is_number() ? value.get<double>() : kNaN;
}

}  // namespace

const Json& Member(const Json& node, const std::string& key) {
  static const Json none;
  if (!node.is_object()) return none;
  const auto found = node.find(key);
  return found == node.end() ? none : *found;
}

Score ScoreAt(const Json& node, const std::string& key) {
  const Json& score = Member(node, key);
  return {NumberAt(score, "value"), NumberAt(score, "low"), NumberAt(score, "high")};
}

bool IsShare(const std::string& metric) {
  for (const std::string_view word : {"accuracy", "precision", "recall", "f1", "rate"}) {
    if (metric.find(word) != std::string::npos) return true;
  }
  return false;
}

std::string ScoreText(const std::string& metric, double value) {
  if (IsShare(metric)) return FormatPercent(value);
  if (!(std::abs(value) < 10)) return FormatNumber(value, 4);
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.3f", value);
  return std::string_view(buffer) == "-0.000" ? "0.000" : buffer;
}

std::string RangeText(const std::string& metric, const Score& score) {
  if (!score.has_interval()) return "";
  std::string low = ScoreText(metric, score.low);
  const std::string high = ScoreText(metric, score.high);
  if (low.ends_with(" %")) low.resize(low.size() - 2);
  return low + " to " + high;
}

std::string MetricLabel(const std::string& metric) {
  static const std::vector<std::pair<std::string, std::string>> labels = {
      {"roc_auc", "ROC AUC"},
      {"f1", "F1"},
      {"f1_macro", "F1 (macro)"},
      {"f1_weighted", "F1 (weighted)"},
      {"brier", "Brier score"},
      {"ece", "calibration error"},
      {"rmse", "RMSE"},
      {"mae", "mean absolute error"},
      {"r2", "R²"}};
  for (const auto& [name, label] : labels) {
    if (name == metric) return label;
  }
  return Replace(metric, "_", " ");
}

std::vector<std::string> PartsOf(const Json& metrics) {
  std::vector<std::string> parts;
  for (const char* part : {"train", "validation", "test"}) {
    if (Member(metrics, part).is_object()) parts.push_back(part);
  }
  return parts;
}

std::string JudgedPart(const Json& metrics) {
  const std::vector<std::string> parts = PartsOf(metrics);
  return parts.empty() ? "" : parts.back();
}

bool HasPictures(const Json& facts) {
  const Json& column = Member(Member(facts, "plan"), "picture_column");
  return column.is_string() && !column.get<std::string>().empty();
}

std::string WeightText(double weight) {
  const auto whole = static_cast<int64_t>(weight);
  return static_cast<double>(whole) == weight ? FormatCount(whole) : FormatNumber(weight, 6);
}

std::string CountOf(int64_t n, const Json& facts) {
  const std::string unit = HasPictures(facts) ? "picture" : "row";
  return FormatCount(n) + " " + unit + (n == 1 ? "" : "s");
}

}  // namespace bottega

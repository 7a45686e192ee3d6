// Reading scores out of metrics.json, and saying them in words.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace bottega {

// NaN where there is no such number.
struct Score {
  double value, low, high;
  bool known() const { return value == value; }
  bool has_interval() const { return low == low && high == high; }
};

// {value, low, high} at `node`[key]; all NaN when absent or null.
Score ScoreAt(const Json& node, const std::string& key);
// The member, or `fallback` when `node` is no object or has none.
const Json& Member(const Json& node, const std::string& key);

// "95.3 %" for shares (accuracy, f1 ...), else three decimals, or four digits from 10 on.
std::string ScoreText(const std::string& metric, double value);
// "92.4 to 97.8 %" or "0.871 to 0.914"; "" without an interval.
std::string RangeText(const std::string& metric, const Score& score);
bool IsShare(const std::string& metric);
// "balanced accuracy", "ROC AUC", "R²", "F1 (macro)".
std::string MetricLabel(const std::string& metric);

// Parts that metrics.json has, in the order train, validation, test.
std::vector<std::string> PartsOf(const Json& metrics);
// The part that conclusions are drawn from: test, else validation, else train.
std::string JudgedPart(const Json& metrics);

// A sum of weights: a count where it is whole.
std::string WeightText(double weight);

// "picture" or "row", with its number: "1 row", "1,234 pictures".
std::string CountOf(int64_t n, const Json& facts);
bool HasPictures(const Json& facts);

}  // namespace bottega

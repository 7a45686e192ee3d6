#include "profile/value_groups.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "base/text.h"
#include "data/values.h"

namespace bottega {

namespace {

constexpr size_t kMostSingleValues = 10;
constexpr size_t kRanges = 4;

// Inclusive upper ends; fewer than four where many values are equal.
std::vector<double> UpperEnds(const std::vector<double>& sorted) {
  std::vector<double> upper;
  for (size_t range = 1; range <= kRanges; ++range) {
    const size_t at = sorted.size() * range / kRanges;
    const double end = sorted[at == 0 ? 0 : at - 1];
    if (upper.empty() || end > upper.back()) upper.push_back(end);
  }
  return upper;
}

std::string NameOf(double value, bool date) { return date ? DayText(value) : FormatNumber(value); }

ValueGroups RangesOf(const std::vector<double>& values, const std::vector<double>& sorted,
                     bool date) {
  const std::vector<double> upper = UpperEnds(sorted);
  ValueGroups groups;
  groups.count.assign(upper.size(), 0);
  groups.code.assign(values.size(), -1);
  for (size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) continue;
    const auto at = std::ranges::lower_bound(upper, values[i]) - upper.begin();
    groups.code[i] = static_cast<int32_t>(at);
    ++groups.count[static_cast<size_t>(at)];
  }
  double low = sorted.front();
  for (const double high : upper) {
    groups.range.emplace_back(low, high);
    const std::string name = NameOf(low, date);
    groups.names.push_back(low == high ? name : name + " to " + NameOf(high, date));
    const auto next = std::ranges::upper_bound(sorted, high);
    low = next == sorted.end() ? high : *next;
  }
  return groups;
}

size_t CountDistinct(const std::vector<double>& sorted) {
  size_t count = sorted.empty() ? 0 : 1;
  for (size_t i = 1; i < sorted.size(); ++i) count += sorted[i] != sorted[i - 1];
  return count;
}

}  // namespace

ValueGroups ValueGroupsOf(const Dataset& data, int column) {
  const FeatureType type = data.columns[static_cast<size_t>(column)].type;
  if (type == FeatureType::kNumber || type == FeatureType::kDate) {
    const std::vector<double> values = NumbersOf(data, column);
    std::vector<double> sorted;
    std::ranges::copy_if(values, std::back_inserter(sorted),
                         [](double value) { return std::isfinite(value); });
    std::ranges::sort(sorted);
    if (CountDistinct(sorted) > kMostSingleValues) {
      return RangesOf(values, sorted, type == FeatureType::kDate);
    }
  }
  Codes codes = CodesOf(data, column);
  ValueGroups groups{.names = std::move(codes.values), .code = std::move(codes.code)};
  groups.count.assign(groups.names.size(), 0);
  for (const int32_t code : groups.code) {
    if (code >= 0) ++groups.count[static_cast<size_t>(code)];
  }
  return groups;
}

}  // namespace bottega

#include "audit/review/mirrors.h"

#include <algorithm>
#include <map>
#include <utility>

#include "audit/groups.h"
#include "profile/cells.h"

namespace bottega {

namespace {

bool Mirror(const CellColumn& column, const CellColumn& target) {
  if (column.distinct() < 2 || column.distinct() != target.distinct()) return false;
  std::map<std::pair<int32_t, int32_t>, int64_t> pairs;
  int64_t known = 0;
  for (size_t i = 0; i < column.code.size(); ++i) {
    if (column.code[i] < 0 || target.code[i] < 0) continue;
    ++known;
    ++pairs[{column.code[i], target.code[i]}];
  }
  std::map<int32_t, int64_t> most_of_value, most_of_class;
  for (const auto& [pair, n] : pairs) {
    most_of_value[pair.first] = std::max(most_of_value[pair.first], n);
    most_of_class[pair.second] = std::max(most_of_class[pair.second], n);
  }
  const auto all = [&](const std::map<int32_t, int64_t>& most) {
    int64_t sum = 0;
    for (const auto& [code, n] : most) sum += n;
    return static_cast<double>(sum) >= 0.99 * static_cast<double>(known);
  };
  return known > 0 && all(most_of_value) && all(most_of_class);
}

}  // namespace

std::vector<int> MirrorsOfTarget(const Dataset& data) {
  std::vector<int> columns, mirrors;
  const int target = TargetIndex(data);
  if (target < 0 || !IsClassTarget(data)) return mirrors;
  for (int c = 0; c < static_cast<int>(data.columns.size()); ++c) {
    const bool picture = data.columns[static_cast<size_t>(c)].type == FeatureType::kPicture;
    if (c != target && !picture) columns.push_back(c);
  }
  const CellColumn classes = CellsOf(data, target);
  for (const CellColumn& cells : CellsOf(data, columns)) {
    if (Mirror(cells, classes)) mirrors.push_back(cells.column);
  }
  return mirrors;
}

}  // namespace bottega

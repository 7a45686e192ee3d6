#include "audit/groups.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace bottega {

std::vector<int> FeatureColumns(const Dataset& data) {
  std::vector<int> columns;
  for (size_t i = 0; i < data.columns.size(); ++i) {
    const Role role = data.columns[i].role;
    if (role == Role::kFeature || role == Role::kTime) columns.push_back(static_cast<int>(i));
  }
  return columns;
}

std::vector<int> SensitiveColumns(const Dataset& data) {
  std::vector<int> columns;
  for (size_t i = 0; i < data.columns.size(); ++i) {
    if (data.columns[i].sensitive) columns.push_back(static_cast<int>(i));
  }
  return columns;
}

int TargetIndex(const Dataset& data) { return data.RoleIndex(Role::kTarget); }

bool IsClassTarget(const Dataset& data) {
  const Column* target = data.TargetColumn();
  return target != nullptr && target->type != FeatureType::kNumber &&
         target->type != FeatureType::kDate;
}

bool HasCategories(const AuditContext& context, int column, int64_t most) {
  const FeatureType type = context.data.columns[static_cast<size_t>(column)].type;
  if (type == FeatureType::kCategory || type == FeatureType::kBinary) return true;
  if (type != FeatureType::kText) return false;
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  return cells.distinct() <= most && cells.distinct() * 2 <= context.data.size();
}

namespace {

PeopleGroups RangesOf(const std::vector<double>& values) {
  std::vector<double> sorted;
  for (const double value : values) {
    if (std::isfinite(value)) sorted.push_back(value);
  }
  std::ranges::sort(sorted);
  std::vector<double> upper;  // inclusive
  for (int quarter = 1; quarter <= 4; ++quarter) {
    const size_t at = sorted.size() * static_cast<size_t>(quarter) / 4;
    const double border = sorted[at == 0 ? 0 : at - 1];
    if (upper.empty() || border > upper.back()) upper.push_back(border);
  }
  PeopleGroups groups;
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
    groups.names.push_back(FormatNumber(low) + " to " + FormatNumber(high));
    const auto next = std::ranges::upper_bound(sorted, high);
    low = next == sorted.end() ? high : *next;
  }
  return groups;
}

}  // namespace

PeopleGroups GroupsOfColumn(const AuditContext& context, int column) {
  const FeatureType type = context.data.columns[static_cast<size_t>(column)].type;
  const bool number = type == FeatureType::kNumber || type == FeatureType::kDate;
  if (number && context.shared.CellsOfColumn(column).distinct() > 10) {
    return RangesOf(context.shared.NumbersOfColumn(column));
  }
  const Codes& codes = context.shared.CodesOfColumn(column);
  return {codes.values, codes.code, context.shared.CountsOfColumn(column)};
}

int RarerClass(const AuditContext& context) {
  const int target = TargetIndex(context.data);
  if (target < 0) return -1;
  const std::vector<int64_t>& counts = context.shared.CountsOfColumn(target);
  if (counts.size() != 2) return -1;
  return counts[1] <= counts[0] ? 1 : 0;
}

std::string Percent(double share) { return FormatPercent(share); }

std::string Quote(const std::string& value) { return "'" + Shorten(value, 40) + "'"; }

}  // namespace bottega

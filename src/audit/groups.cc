#include "audit/groups.h"

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

int NamedColumn(const Dataset& data, const std::string& name, const std::string& setting) {
  const int column = data.Find(name);
  if (column >= 0) return column;
  std::vector<std::string> names;
  for (const Column& known : data.columns) names.push_back(known.name);
  const std::vector<std::string> near = NearestNames(name, names);
  throw Error(ErrorKind::kRecipe, setting + " names '" + name + "', which is no column of the data",
              {.file = data.source.filename().string()},
              near.empty() ? "the columns are " + Shorten(Join(names, ", "), 400)
                           : "did you mean '" + Join(near, "' or '") + "'?");
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

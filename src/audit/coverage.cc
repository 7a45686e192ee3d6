#include "audit/coverage.h"

#include <algorithm>

#include "audit/groups.h"
#include "base/text.h"
#include "data/values.h"

namespace bottega {
namespace {

constexpr size_t kMostColumns = 12;
constexpr size_t kMostGroups = 200;

template <class Part>
std::string JoinParts(const std::vector<int>& columns, const CoveragePattern& pattern,
                      const Part& part) {
  std::string out;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (pattern.group[i] < 0) continue;
    out += (out.empty() ? "" : " and ") + part(i, static_cast<size_t>(pattern.group[i]));
  }
  return out;
}

}  // namespace

std::vector<std::pair<std::string, RowCondition>> DeclaredScenarios(const Json& section) {
  std::vector<std::pair<std::string, RowCondition>> scenarios;
  for (const auto& [name, condition] : section.at("scenarios").items()) {
    const Place place{.file = "audit.scenarios." + name};
    if (!condition.is_string()) {
      throw Error(ErrorKind::kRecipe, "the condition of scenario '" + name + "' must be a text",
                  place, "write " + name + ": 'age >= 65'");
    }
    scenarios.emplace_back(
        name, RowCondition::Parse(condition.get<std::string>(), ErrorKind::kRecipe, place));
  }
  return scenarios;
}

std::string GroupCondition(const Dataset& data, int column, const ValueGroups& groups,
                           size_t group) {
  const Column& described = data.columns[static_cast<size_t>(column)];
  const std::string name = ConditionName(described.name);
  const bool date = described.type == FeatureType::kDate;
  const auto written = [&](double value) { return date ? DayText(value) : NumberText(value); };
  if (!groups.range.empty()) {
    const auto [low, high] = groups.range[group];
    return written(low) + " <= " + name + " <= " + written(high);
  }
  const bool bare = date || described.type == FeatureType::kNumber;
  return name + " = " + (bare ? groups.names[group] : ConditionText(groups.names[group]));
}

std::string PatternName(const Dataset& data, const std::vector<int>& columns,
                        const std::vector<const ValueGroups*>& groups,
                        const CoveragePattern& pattern) {
  return JoinParts(columns, pattern, [&](size_t i, size_t group) {
    return data.columns[static_cast<size_t>(columns[i])].name + " " +
           Quote(groups[i]->names[group]);
  });
}

std::string PatternCondition(const Dataset& data, const std::vector<int>& columns,
                             const std::vector<const ValueGroups*>& groups,
                             const CoveragePattern& pattern) {
  return JoinParts(columns, pattern, [&](size_t i, size_t group) {
    return GroupCondition(data, columns[i], *groups[i], group);
  });
}

std::vector<int> IntersectionColumns(const AuditContext& context, const Json& settings) {
  const Dataset& data = context.data;
  std::vector<int> chosen;
  for (const Json& name : settings.at("columns")) {
    chosen.push_back(NamedColumn(data, name.get<std::string>(), "intersection_coverage.columns"));
  }
  if (chosen.empty()) chosen = SensitiveColumns(data);
  std::erase_if(chosen, [&](int column) {
    const size_t groups = context.shared.GroupsOfColumn(column).names.size();
    return groups < 2 || groups > kMostGroups;
  });
  if (chosen.size() > kMostColumns) chosen.resize(kMostColumns);
  return chosen;
}

}  // namespace bottega

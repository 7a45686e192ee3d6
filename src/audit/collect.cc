#include "audit/collect.h"

#include <algorithm>

#include "audit/check_list.h"
#include "audit/groups.h"
#include "base/interrupt.h"
#include "profile/association.h"
#include "profile/condition_names.h"

namespace bottega {
namespace {

constexpr size_t kMostClassesPerScenario = 20;

class Planner {
 public:
  Planner(const AuditContext& context, int64_t needed) : context_(context), needed_(needed) {}

  void AddScenarios() {
    const auto declared = DeclaredScenarios(context_.section);
    const MoreNames properties = PropertiesAsNames(context_.data);
    for (const auto& [name, condition] : declared) {
      ThrowIfInterrupted();
      const std::vector<uint8_t> holds = condition.Holds(context_.data, &properties);
      Add({"scenario", name, condition.text(), std::ranges::count(holds, uint8_t{1})});
      if (Classes() == nullptr || Classes()->values.size() > kMostClassesPerScenario) continue;
      std::vector<int64_t> counts(Classes()->values.size());
      for (size_t i = 0; i < holds.size(); ++i) {
        const int32_t code = Classes()->code[i];
        if (holds[i] != 0 && code >= 0) ++counts[static_cast<size_t>(code)];
      }
      for (size_t c = 0; c < counts.size(); ++c) {
        Add({"scenario", name + " and " + Quote(Classes()->values[c]),
             "(" + condition.text() + ") and " + ClassCondition(c), counts[c]});
      }
    }
    End();
  }

  void AddClasses() {
    if (Classes() == nullptr) return;
    const std::vector<int64_t>& counts = context_.shared.CountsOfColumn(TargetIndex(context_.data));
    for (size_t c = 0; c < counts.size(); ++c) {
      Add({"class", Quote(Classes()->values[c]), ClassCondition(c), counts[c]});
    }
    End();
  }

  void AddGroups() {
    for (const int column : SensitiveColumns(context_.data)) {
      const ValueGroups& groups = context_.shared.GroupsOfColumn(column);
      for (size_t g = 0; g < groups.names.size(); ++g) {
        Add({"group",
             context_.data.columns[static_cast<size_t>(column)].name + " " + Quote(groups.names[g]),
             GroupCondition(context_.data, column, groups, g), groups.count[g]});
      }
    }
    End();
  }

  void AddIntersections(const Json& settings) {
    const std::vector<int> columns = IntersectionColumns(context_, settings);
    std::vector<const ValueGroups*> groups;
    for (const int column : columns) groups.push_back(&context_.shared.GroupsOfColumn(column));
    const CoveragePatterns found =
        UncoveredPatterns(groups, needed_, settings.at("order").get<int>());
    for (const CoveragePattern& pattern : found.patterns) {
      Add({"intersection", PatternName(context_.data, columns, groups, pattern),
           PatternCondition(context_.data, columns, groups, pattern), pattern.rows});
    }
    End();
  }

  std::vector<CollectPlan::Line> Take() { return std::move(lines_); }

 private:
  const Codes* Classes() const {
    return IsClassTarget(context_.data) ? &context_.shared.CodesOfColumn(TargetIndex(context_.data))
                                        : nullptr;
  }

  std::string ClassCondition(size_t c) const {
    return ConditionName(context_.data.TargetColumn()->name) + " = " +
           ConditionText(Classes()->values[c]);
  }

  void Add(CoverageCell cell) {
    const int64_t gather = needed_ - cell.rows;
    if (gather > 0) lines_.push_back({std::move(cell), gather});
  }

  // Of one kind, the largest need first.
  void End() {
    std::stable_sort(lines_.begin() + static_cast<std::ptrdiff_t>(ended_), lines_.end(),
                     [](const auto& a, const auto& b) { return a.gather > b.gather; });
    ended_ = lines_.size();
  }

  const AuditContext& context_;
  const int64_t needed_;
  std::vector<CollectPlan::Line> lines_;
  size_t ended_ = 0;
};

Json SettingsOf(const std::string& check, const Json& section) {
  for (const char* list : {"adjust", "checks"}) {
    for (const Json& settings : section.at(list)) {
      if (settings.at("name") == check) return settings;
    }
  }
  return nullptr;
}

}  // namespace

CollectPlan PlanCollection(const Dataset& data, const Json& section) {
  static const Json none = Json::object();
  CollectPlan plan{.margin = section.at("margin").get<double>(),
                   .level = section.at("level").get<double>()};
  plan.needed = RowsForMargin(plan.margin, plan.level);
  AuditShared shared(data);
  const AuditContext context{.data = data,
                             .settings = none,
                             .section = section,
                             .recipe = none,
                             .split = nullptr,
                             .shared = shared,
                             .level = plan.level};
  Planner planner(context, plan.needed);
  planner.AddScenarios();
  planner.AddClasses();
  planner.AddGroups();
  const Json settings = SettingsOf("intersection_coverage", section);
  if (!settings.is_null()) planner.AddIntersections(settings);
  plan.lines = planner.Take();
  return plan;
}

Json CollectToJson(const CollectPlan& plan) {
  Json lines = Json::array();
  for (const CollectPlan::Line& line : plan.lines) {
    lines.push_back({{"kind", line.cell.kind},
                     {"name", line.cell.name},
                     {"condition", line.cell.condition},
                     {"rows", line.cell.rows},
                     {"needed", plan.needed},
                     {"gather", line.gather}});
  }
  return {{"format", "bottega collect 1"},
          {"margin", plan.margin},
          {"level", plan.level},
          {"needed", plan.needed},
          {"lines", lines}};
}

}  // namespace bottega

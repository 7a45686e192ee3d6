#include <algorithm>
#include <map>

#include "base/text.h"
#include "clean/repair_kind.h"
#include "data/values.h"
#include "profile/dependencies.h"

namespace bottega {

namespace {

constexpr double kOfPeople = 0.5;  // never applied without a person's word

const Spec& FollowRulesSpec() {
  static const Spec spec = {
      .kind = "repair",
      .name = "follow_rules",
      .one_line = "put in the most probable value where a cell breaks a rule of the data",
      .text =
          "Where one column settles another (a post code its town), a cell that differs from what "
          "nearly all rows with the same key hold gets their value; missing cells are filled where "
          "the rows agree. Rules are found in the data, and all that speak for and against a cell "
          "are weighed. What was put right supports the next round. The evidence names the surest "
          "rule and the rows behind it. The target is left alone.",
      .params = {{.name = "rounds",
                  .type = ParamType::kInt,
                  .what = "how often rules are looked for in what is repaired so far",
                  .fallback = 3,
                  .min = 1,
                  .max = 10,
                  .larger = "more is found in very dirty tables, and it takes longer"},
                 {.name = "fill",
                  .type = ParamType::kBool,
                  .what = "fill missing cells that a rule settles",
                  .fallback = true}},
      .synonyms = {"functional_dependencies", "repair_violations", "broken_dependencies"},
      .source =
          "Rekatsinas et al. 2017, HoloClean: Holistic Data Repairs with Probabilistic "
          "Inference",
  };
  return spec;
}

struct Change {
  std::optional<std::string> before, after;
  std::string reason;
  double confidence = 1;
};

using ColumnRow = std::pair<int, int64_t>;

std::vector<int> RuledColumns(const Dataset& data) {
  std::vector<int> columns;
  for (size_t c = 0; c < data.columns.size(); ++c) {
    const Column& column = data.columns[c];
    if (column.type != FeatureType::kPicture && column.role != Role::kTarget) {
      columns.push_back(static_cast<int>(c));
    }
  }
  return columns;
}

std::string Evidence(const Dataset& data, const std::vector<CellColumn>& cells,
                     const Dependency& rule, const DependencyViolation& found) {
  std::vector<std::string> keys;
  for (const size_t from : rule.from) {
    const int32_t code = cells[from].code[static_cast<size_t>(found.position)];
    keys.push_back(data.columns[static_cast<size_t>(cells[from].column)].name + " '" +
                   Shorten(code < 0 ? "" : CellText(cells[from], code), 40) + "'");
  }
  std::string text = FormatCount(found.agree) + " of " + FormatCount(found.group) +
                     " other rows with " + Join(keys, " and ") + " hold it";
  if (found.against > 1) text += "; " + std::to_string(found.against) + " rules say so";
  return text;
}

// One round on the data as repaired so far; returns what it changes.
std::map<ColumnRow, Change> Round(const Dataset& data, bool fill) {
  const std::vector<CellColumn> cells = CellsOf(data, RuledColumns(data));
  std::vector<const CellColumn*> columns;
  for (const CellColumn& column : cells) columns.push_back(&column);
  const std::vector<Dependency> rules = FindDependencies(columns);
  std::map<ColumnRow, Change> changes;
  for (const DependencyViolation& found : FindViolations(columns, rules)) {
    const CellColumn& column = cells[found.column];
    if (found.after < 0 || (found.before < 0 && !fill)) continue;
    // As the data hold it: CellText shortens numbers.
    const auto cell = [&](int32_t code) -> std::optional<std::string> {
      if (code < 0) return std::nullopt;
      if (!column.is_number()) return column.text[static_cast<size_t>(code)];
      const double number = column.number[static_cast<size_t>(code)];
      return column.type == FeatureType::kDate ? DayText(number) : NumberText(number);
    };
    // What most rows say of a group of people is no evidence about one of them.
    const bool sensitive = data.columns[static_cast<size_t>(column.column)].sensitive;
    changes[{column.column, data.rows[static_cast<size_t>(found.position)]}] = {
        cell(found.before), cell(found.after),
        Evidence(data, cells, rules[found.dependency], found),
        sensitive ? std::min(found.confidence, kOfPeople) : found.confidence};
  }
  return changes;
}

RepairPlan PlanOf(const Dataset& data, const std::map<ColumnRow, Change>& changes) {
  RepairPlan plan;
  for (auto at = changes.begin(); at != changes.end();) {
    const int column = at->first.first;
    CellChanges cells("follow_rules", data.columns[static_cast<size_t>(column)].name);
    for (; at != changes.end() && at->first.first == column; ++at) {
      const Change& change = at->second;
      cells.Add(at->first.second, change.before, change.after, change.reason, change.confidence);
    }
    cells.Finish(&plan);
  }
  return plan;
}

void Plan(const RepairContext& context, const Json& settings, RepairPlan* plan) {
  constexpr double kFirm = 0.8;  // what the next round builds on
  std::map<ColumnRow, Change> all;
  Dataset current = context.data;
  for (int64_t round = 0; round < settings.at("rounds").get<int64_t>(); ++round) {
    const auto found = Round(current, settings.at("fill").get<bool>());
    std::map<ColumnRow, Change> firm;
    for (const auto& [place, change] : found) {
      if (const auto known = all.find(place); known == all.end() || change.confidence >= kFirm) {
        const auto before = known == all.end() || known->second.confidence < kFirm
                                ? change.before
                                : known->second.before;
        all[place] = change;
        all[place].before = before;
      }
      if (change.confidence >= kFirm) firm.emplace(place, change);
    }
    if (firm.empty()) break;
    current = ApplyRepairs(current, PlanOf(current, firm));
  }
  std::erase_if(all, [](const auto& item) { return item.second.before == item.second.after; });
  RepairPlan planned = PlanOf(context.data, all);
  std::ranges::move(planned.repairs, std::back_inserter(plan->repairs));
}

}  // namespace

const RepairKind kFollowRules = {FollowRulesSpec, Plan};

}  // namespace bottega

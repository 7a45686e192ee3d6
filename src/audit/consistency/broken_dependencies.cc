#include <algorithm>
#include <cmath>
#include <map>

#include "audit/cell_findings.h"
#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "profile/dependencies.h"

namespace bottega {
namespace {

const Spec& BrokenDependenciesSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "broken_dependencies",
      .one_line = "cells that break a rule such as: one zip, one city",
      .text =
          "Where one column tells another (zip -> city, product -> price), rows with equal `zip` "
          "must have equal `city`. Such dependencies are found in the data, or given under "
          "`dependencies`; a cell that stands alone against its group is named with the value "
          "that is most probable and how many rows say so. A dependency that a second column "
          "explains better (the code of a rate by measure and state) is judged with both. One "
          "finding for each dependency; cells that are missing where a dependency tells them are "
          "info. Severity: warning, info where no cell is surely wrong (confidence below 0.8), "
          "error for a dependency that is given.",
      .params = {{.name = "dependencies",
                  .type = ParamType::kTextList,
                  .what = "rules that must hold, as in 'zip -> city' or 'zip, country -> city'",
                  .fallback = Json::array()},
                 {.name = "discover",
                  .type = ParamType::kBool,
                  .what = "whether to look for dependencies in the data as well",
                  .fallback = true},
                 {.name = "strength",
                  .type = ParamType::kFloat,
                  .what = "how well a dependency that was found must hold (mu+, noise aside)",
                  .fallback = 0.9,
                  .min = 0.5,
                  .max = 1,
                  .larger = "fewer dependencies, fewer false alarms",
                  .smaller = "finds looser ones, whose exceptions may be right",
                  .source = "Parciak et al., Measuring approximate functional dependencies: a "
                            "comparative study, ICDE 2024"},
                 {.name = "confidence",
                  .type = ParamType::kFloat,
                  .what = "how surely a cell must be wrong to be named",
                  .fallback = 0.6,
                  .min = 0.5,
                  .max = 1},
                 {.name = "columns",
                  .type = ParamType::kInt,
                  .what = "columns that are looked at, those with the fewest values first",
                  .fallback = 64,
                  .min = 2,
                  .larger = "takes longer, with the square",
                  .smaller = "may miss dependencies in wide tables"}},
      .synonyms = {"functional_dependencies", "rule_violations", "integrity"},
      .source = "Piatetsky-Shapiro & Matheus, Measuring data dependencies in large databases, 1993",
  };
  return spec;
}

constexpr double kGivenMixed = 0.02;  // share of groups that may truly hold several values

struct Rules {
  std::vector<int> columns;  // of the dataset
  std::vector<const CellColumn*> cells;
  std::vector<Dependency> all;
  size_t given = 0;  // the first ones
};

bool TakesPart(const AuditContext& context, int column) {
  const Column& about = context.data.columns[static_cast<size_t>(column)];
  return about.type != FeatureType::kPicture && about.role != Role::kWeight &&
         about.role != Role::kPart;
}

// A column that is left out tells what others should hold, and is not judged itself.
bool IsJudged(const AuditContext& context, int column) {
  return context.data.columns[static_cast<size_t>(column)].role != Role::kIgnored;
}

size_t IndexOf(const AuditContext& context, const Rules& rules, const std::string& name,
               const std::string& rule) {
  const int column = context.data.Find(name);
  const auto at = std::ranges::find(rules.columns, column);
  if (column >= 0 && at != rules.columns.end()) {
    return static_cast<size_t>(at - rules.columns.begin());
  }
  std::vector<std::string> names;
  for (const int known : rules.columns) {
    names.push_back(context.data.columns[static_cast<size_t>(known)].name);
  }
  const std::vector<std::string> near = NearestNames(name, names, 1);
  throw Error(
      ErrorKind::kRecipe,
      "broken_dependencies.dependencies: '" + rule + "' names '" + name +
          "', which is no column that takes part",
      {},
      near.empty() ? "the columns are " + Join(names, ", ") : "did you mean '" + near[0] + "'?");
}

void AddGiven(const AuditContext& context, Rules* rules) {
  for (const Json& item : context.settings.at("dependencies")) {
    const std::string rule = item.get<std::string>();
    const size_t arrow = rule.find("->");
    if (arrow == rule.npos) {
      throw Error(ErrorKind::kRecipe, "broken_dependencies.dependencies: '" + rule + "' is no rule",
                  {}, "write COLUMN -> COLUMN, as in 'zip -> city'");
    }
    std::vector<size_t> from;
    for (const std::string& name : Split(rule.substr(0, arrow), ',')) {
      from.push_back(IndexOf(context, *rules, std::string(Trim(name)), rule));
    }
    for (const std::string& name : Split(rule.substr(arrow + 2), ',')) {
      Dependency dependency = MeasureDependency(
          rules->cells, from, IndexOf(context, *rules, std::string(Trim(name)), rule));
      dependency.mixed = kGivenMixed;
      rules->all.push_back(dependency);
    }
  }
  rules->given = rules->all.size();
}

Rules RulesOf(const AuditContext& context) {
  Rules rules;
  for (size_t i = 0; i < context.data.columns.size(); ++i) {
    const int column = static_cast<int>(i);
    if (!TakesPart(context, column)) continue;
    rules.columns.push_back(column);
    rules.cells.push_back(&context.shared.CellsOfColumn(column));
  }
  AddGiven(context, &rules);
  if (!context.settings.at("discover").get<bool>()) return rules;
  const DependencyOptions options{.strength = context.settings.at("strength").get<double>(),
                                  .columns = context.settings.at("columns").get<int64_t>()};
  for (Dependency& found : FindDependencies(rules.cells, options)) {
    const bool known = std::ranges::any_of(rules.all, [&](const Dependency& one) {
      return one.from == found.from && one.to == found.to;
    });
    if (!known) rules.all.push_back(std::move(found));
  }
  return rules;
}

std::string NamesOf(const AuditContext& context, const Rules& rules, const Dependency& rule) {
  std::vector<std::string> names;
  for (const size_t x : rule.from) {
    names.push_back("'" + context.data.columns[static_cast<size_t>(rules.columns[x])].name + "'");
  }
  return Join(names, " and ");
}

FlaggedCell CellOf(const AuditContext& context, const Rules& rules,
                   const DependencyViolation& violation) {
  const CellColumn& cells = *rules.cells[violation.column];
  const Dependency& rule = rules.all[violation.dependency];
  FlaggedCell cell{.position = violation.position,
                   .column = rules.columns[violation.column],
                   .after = ExactText(cells, violation.after),
                   .confidence = violation.confidence};
  if (violation.before >= 0) cell.before = ExactText(cells, violation.before);
  cell.evidence = FormatCount(violation.agree) + " of " + FormatCount(violation.group) +
                  " other rows with the same " + NamesOf(context, rules, rule) + " say so";
  if (violation.against > 1) {
    cell.evidence += ", and " + std::to_string(violation.against - 1) + " more dependencies agree";
  }
  return cell;
}

void AddBroken(const AuditContext& context, const Rules& rules, size_t d,
               const std::vector<FlaggedCell>& cells, Findings& findings) {
  const Dependency& rule = rules.all[d];
  const int to = rules.columns[rule.to];
  const std::string& name = context.data.columns[static_cast<size_t>(to)].name;
  const FlaggedCell& first = *std::ranges::max_element(cells, {}, &FlaggedCell::confidence);
  const double sure = 1 - static_cast<double>(rule.violations) / static_cast<double>(rule.rows);
  const Severity severity = d < rules.given           ? Severity::kError
                            : first.confidence >= 0.8 ? Severity::kWarning
                                                      : Severity::kInfo;
  Finding& finding = findings.Add(
      severity, {},
      NamesOf(context, rules, rule) + (rule.from.size() == 1 ? " tells '" : " tell '") + name +
          "' in " + Percent(sure) + " of " + FormatCount(rule.rows) + " rows, but not in " +
          CountOf(context.data, static_cast<int64_t>(cells.size())) + ", as in " +
          NameRow(context.data, first.position) + ": " +
          QuoteCell(context.data, to, first.Shown()) + ", where " + first.evidence + ": " +
          QuoteCell(context.data, to, first.after.value_or("")),
      "correct the cells, or the column that tells them; `bottega clean` proposes the likely "
      "value");
  ListCells(context.data, cells, &finding);
  finding.detail["dependency"] = {{"strength", rule.strength},
                                  {"rows", rule.rows},
                                  {"violations", rule.violations},
                                  {"to", name}};
  for (const size_t x : rule.from) {
    finding.detail["dependency"]["from"].push_back(
        context.data.columns[static_cast<size_t>(rules.columns[x])].name);
  }
}

void AddGaps(const AuditContext& context, const Rules& rules, size_t d,
             const std::vector<FlaggedCell>& cells, Findings& findings) {
  const Dependency& rule = rules.all[d];
  const std::string& name = context.data.columns[static_cast<size_t>(rules.columns[rule.to])].name;
  Finding& finding = findings.Add(
      Severity::kInfo, {},
      "'" + name + "' is missing in " + CountOf(context.data, static_cast<int64_t>(cells.size())) +
          " where " + NamesOf(context, rules, rule) +
          (rule.from.size() == 1 ? " tells it" : " tell it"),
      "fill the cells from the other rows; `bottega clean` proposes the value");
  ListCells(context.data, cells, &finding);
}

void Run(const AuditContext& context, Findings& findings) {
  const Rules rules = RulesOf(context);
  if (rules.columns.size() < 2) {
    findings.Skip("there are fewer than two columns to compare");
    return;
  }
  std::map<size_t, std::vector<FlaggedCell>> broken, gaps;
  std::vector<float> scores(static_cast<size_t>(context.data.size()), 1.0F);
  for (const DependencyViolation& violation :
       FindViolations(rules.cells, rules.all, context.settings.at("confidence").get<double>())) {
    if (!IsJudged(context, rules.columns[violation.column])) continue;
    auto& by_rule = violation.before < 0 ? gaps : broken;
    by_rule[violation.dependency].push_back(CellOf(context, rules, violation));
  }
  for (const auto& [d, cells] : broken) {
    AddBroken(context, rules, d, cells, findings);
    LowerScores(context.data, cells, &scores);
  }
  for (const auto& [d, cells] : gaps) AddGaps(context, rules, d, cells, findings);
  findings.Score(std::move(scores));
}

}  // namespace

const Check& BrokenDependencies() {
  static const Check check = {&BrokenDependenciesSpec, &Run};
  return check;
}

}  // namespace bottega

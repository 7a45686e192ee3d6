#include <algorithm>
#include <cmath>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/groups.h"
#include "audit/nuisance.h"
#include "base/interrupt.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& SpuriousColumnsSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "spurious_columns",
      .one_line = "labels that go together with how rows were collected",
      .text =
          "Compares the target with columns that should have nothing to do with it: sources, "
          "devices, sites and batches, file names and sizes, identifiers (their beginning, ending "
          "and number too). Cramer's V with Bergsma's correction and an interval. A model scores "
          "well by such a shortcut and fails on rows that were collected in another way. "
          "Severity: warning when the interval's lower end is at least `strong`, info when it is "
          "at least `notable`.",
      .params = {{.name = "columns",
                  .type = ParamType::kTextList,
                  .what = "columns that say how a row was collected, beside those with such names",
                  .fallback = Json::array()},
                 {.name = "strong",
                  .type = ParamType::kFloat,
                  .what = "association (0 to 1) from which on it is a warning",
                  .fallback = 0.5,
                  .min = 0,
                  .max = 1},
                 {.name = "notable",
                  .type = ParamType::kFloat,
                  .what = "association (0 to 1) from which on it is reported",
                  .fallback = kSpuriousAssociation,
                  .min = 0,
                  .max = 1,
                  .smaller = "names weaker shortcuts, and chance more often"}},
      .synonyms = {"shortcut", "spurious_correlation", "confounder", "batch_effect"},
      .source = "Geirhos et al., Shortcut learning in deep neural networks, 2020",
  };
  return spec;
}

struct Cell {
  size_t group = 0, label = 0;
  double share = 0, elsewhere = 0, rows = 0;
};

// The group of at least 20 rows (2 % of a small table) whose share of some label stands out most.
Cell Plainest(const NuisanceGroups& groups, const TargetClasses& classes) {
  const Contingency table = CountPairs(groups.code, static_cast<int64_t>(groups.names.size()),
                                       classes.code, static_cast<int64_t>(classes.names.size()));
  const double n = table.total();
  std::vector<double> label(classes.names.size());
  for (int64_t g = 0; g < table.rows; ++g) {
    for (int64_t c = 0; c < table.columns; ++c) label[static_cast<size_t>(c)] += table.at(g, c);
  }
  Cell best;
  double widest = -1;
  for (int64_t g = 0; g < table.rows; ++g) {
    double rows = 0;
    for (int64_t c = 0; c < table.columns; ++c) rows += table.at(g, c);
    if (rows < std::min(20.0, n / 50) || rows <= 0 || rows >= n) continue;
    for (int64_t c = 0; c < table.columns; ++c) {
      const double share = table.at(g, c) / rows;
      const double elsewhere = (label[static_cast<size_t>(c)] - table.at(g, c)) / (n - rows);
      // Large groups first: the difference weighs with the root of the rows.
      const double weight = std::abs(share - elsewhere) * std::sqrt(rows);
      if (weight <= widest) continue;
      widest = weight;
      best = {static_cast<size_t>(g), static_cast<size_t>(c), share, elsewhere, rows};
    }
  }
  return best;
}

void Report(const AuditContext& context, int column, const NuisanceGroups& groups,
            const TargetClasses& classes, const Estimate& v, Findings& findings) {
  const std::string& name = context.data.columns[static_cast<size_t>(column)].name;
  const bool strong = v.low >= context.settings.at("strong").get<double>();
  const Cell cell = Plainest(groups, classes);
  const std::string what =
      groups.of.empty() ? "'" + name + "'" : "the " + groups.of + " of '" + name + "'";
  findings
      .Add(strong ? Severity::kWarning : Severity::kInfo, PlaceOfColumn(context.data, column),
           what + " goes together with the target: Cramer's V " + FormatNumber(v.value, 2) + " (" +
               FormatNumber(v.low, 2) + " to " + FormatNumber(v.high, 2) + "); with " +
               Quote(groups.names[cell.group]) + " " + Quote(classes.names[cell.label]) +
               " has a share of " + Percent(cell.share) + ", elsewhere of " +
               Percent(cell.elsewhere),
           "leave '" + name + "' out (data.roles: {" + name +
               ": ignored}), split by it (group) to see what a model is worth elsewhere, and "
               "collect every label from every source")
      .detail = {{"of", groups.of},
                 {"value", v.value},
                 {"low", v.low},
                 {"high", v.high},
                 {"label", classes.names[cell.label]},
                 {"share", cell.share},
                 {"elsewhere", cell.elsewhere}};
}

void Run(const AuditContext& context, Findings& findings) {
  const TargetClasses classes = ClassesOfTarget(context);
  if (classes.names.size() < 2 || classes.names.size() > 1000) {
    findings.Skip(TargetIndex(context.data) < 0 ? "no column is the target"
                                                : "the target has no classes to compare");
    return;
  }
  std::vector<int> columns = NuisanceColumns(context);
  for (const Json& name : context.settings.at("columns")) {
    const int column =
        NamedColumn(context.data, name.get<std::string>(), "spurious_columns.columns");
    if (std::ranges::count(columns, column) == 0) columns.push_back(column);
  }
  if (columns.empty()) {
    findings.Skip(
        "no column says how rows were collected (spurious_columns: {columns: [...]} "
        "under audit.adjust)");
    return;
  }
  const double notable = context.settings.at("notable").get<double>();
  for (const int column : columns) {
    ThrowIfInterrupted();
    const NuisanceGroups* worst = nullptr;
    Estimate strongest;
    const std::vector<NuisanceGroups> all = GroupsOfNuisance(context, column);
    for (const NuisanceGroups& groups : all) {
      const Estimate v = LabelAssociation(context, groups, classes);
      if (worst != nullptr && v.low <= strongest.low) continue;
      worst = &groups;
      strongest = v;
    }
    if (worst != nullptr && strongest.low >= notable) {
      Report(context, column, *worst, classes, strongest, findings);
    }
  }
}

}  // namespace

const Check& SpuriousColumns() {
  static const Check check = {&SpuriousColumnsSpec, &Run};
  return check;
}

}  // namespace bottega

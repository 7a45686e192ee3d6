#include <algorithm>
#include <cmath>
#include <numeric>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "base/threads.h"
#include "profile/association.h"
#include "profile/sorted_values.h"

namespace bottega {
namespace {

const Spec& MissingPatternSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "missing_pattern",
      .one_line = "gaps that are not at random: they depend on other columns, or come together",
      .text =
          "Whether cells of a column are missing more often for some values of another column or "
          "of the target (chi-square test on categories, or on five ranges of a number; Cramer's "
          "V says how strongly). Only what is significant after Bonferroni's correction for all "
          "comparisons of the audit, and at least `strength`, is told, the strongest first. "
          "Columns "
          "whose cells are missing in the same rows are one finding a group. Severity: warning for "
          "gaps that depend on the target, which give the answer away or bias the model; info for "
          "those that depend on other columns, where filling with a mean distorts, and for gaps "
          "that come together.",
      .params = {{.name = "strength",
                  .type = ParamType::kFloat,
                  .what = "least Cramer's V between gaps and a column",
                  .fallback = 0.1,
                  .min = 0,
                  .max = 1,
                  .larger = "tells only strong dependencies"},
                 {.name = "p",
                  .type = ParamType::kFloat,
                  .what = "probability of one false alarm in the whole audit",
                  .fallback = 0.01,
                  .min = 1e-12,
                  .max = 0.5},
                 {.name = "together",
                  .type = ParamType::kFloat,
                  .what = "share of rows with either gap that have both, for columns that are "
                          "missing together",
                  .fallback = 0.9,
                  .min = 0.5,
                  .max = 1}},
      .synonyms = {"mcar", "missing_at_random", "missingness"},
      .source = "Rubin, Inference and missing data, Biometrika 63(3), 1976",
  };
  return spec;
}

constexpr int64_t kFewest = 10;  // rows with and without a gap
constexpr int64_t kMostRows = 100'000;
constexpr int64_t kMostCategories = 50;
constexpr size_t kMostColumns = 64;
constexpr int kRanges = 5;

// A column as few groups.
struct Groups {
  int column = 0;
  std::vector<std::string> names;
  std::vector<int32_t> code;  // of the rows looked at
};

std::vector<int64_t> RowsLookedAt(int64_t n) {
  const int64_t step = std::max<int64_t>(1, (n + kMostRows - 1) / kMostRows);
  std::vector<int64_t> rows;
  for (int64_t i = 0; i < n; i += step) rows.push_back(i);
  return rows;
}

// Ranges of about equal size for numbers; no group for columns of many categories.
std::optional<Groups> GroupsOf(const AuditContext& context, int column,
                               const std::vector<int64_t>& rows) {
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  Groups groups{.column = column};
  std::vector<int32_t> group_of_code(static_cast<size_t>(cells.distinct()));
  if (cells.is_number() && cells.distinct() > 10) {
    const SortedValues sorted(cells);
    std::vector<size_t> first;
    for (size_t i = 0; i < sorted.value.size(); ++i) {
      const int64_t range = sorted.below[i] * kRanges / sorted.rows;
      if (first.empty() || range > sorted.below[first.back()] * kRanges / sorted.rows) {
        first.push_back(i);
      }
      group_of_code[static_cast<size_t>(sorted.code[i])] = static_cast<int32_t>(first.size()) - 1;
    }
    first.push_back(sorted.value.size());
    for (size_t g = 0; g + 1 < first.size(); ++g) {
      groups.names.push_back(CellText(cells, sorted.code[first[g]]) + " to " +
                             CellText(cells, sorted.code[first[g + 1] - 1]));
    }
  } else if (cells.distinct() <= kMostCategories) {
    std::iota(group_of_code.begin(), group_of_code.end(), 0);
    for (int32_t code = 0; code < cells.distinct(); ++code) {
      groups.names.push_back(CellText(cells, code));
    }
  }
  if (groups.names.size() < 2) return std::nullopt;
  for (const int64_t row : rows) {
    const int32_t code = cells.code[static_cast<size_t>(row)];
    groups.code.push_back(code < 0 ? -1 : group_of_code[static_cast<size_t>(code)]);
  }
  return groups;
}

struct Dependence {
  const Groups* on = nullptr;
  double p = 1, strength = 0;
  int64_t low = 0, high = 0;  // groups with the smallest and largest share of gaps
  double low_share = 0, high_share = 0;
};

Dependence DependenceOf(const std::vector<int32_t>& missing, const Groups& on) {
  const auto k = static_cast<int64_t>(on.names.size());
  const Contingency table = CountPairs(on.code, k, missing, 2);
  const ChiSquare test = ChiSquareOf(table);
  Dependence out{.on = &on, .p = test.p, .strength = CramersVCorrected(table)};
  out.low_share = 2;
  out.high_share = -1;
  for (int64_t g = 0; g < k; ++g) {
    const double n = table.at(g, 0) + table.at(g, 1);
    if (n < static_cast<double>(kFewest) / 2) continue;
    const double share = table.at(g, 1) / n;
    if (share < out.low_share) {
      out.low_share = share;
      out.low = g;
    }
    if (share > out.high_share) {
      out.high_share = share;
      out.high = g;
    }
  }
  return out;
}

struct Gaps {
  int column = 0;
  std::vector<int32_t> missing;  // 1 or 0 for the rows looked at
  int64_t count = 0;
};

std::vector<Gaps> GapsOf(const AuditContext& context, const std::vector<int64_t>& rows) {
  std::vector<Gaps> all;
  for (const int column : FeatureColumns(context.data)) {
    const CellColumn& cells = context.shared.CellsOfColumn(column);
    if (cells.missing < kFewest || context.data.size() - cells.missing < kFewest) continue;
    Gaps gaps{.column = column};
    for (const int64_t row : rows) {
      gaps.missing.push_back(cells.code[static_cast<size_t>(row)] < 0);
      gaps.count += gaps.missing.back();
    }
    all.push_back(std::move(gaps));
    if (all.size() == kMostColumns) break;
  }
  return all;
}

std::string Say(const AuditContext& context, const Dependence& d) {
  const auto name = [&](int64_t g) { return Quote(d.on->names[static_cast<size_t>(g)]); };
  return "'" + context.data.columns[static_cast<size_t>(d.on->column)].name + "' (missing in " +
         Percent(d.high_share) + " of " + name(d.high) + " but " + Percent(d.low_share) + " of " +
         name(d.low) + ")";
}

void AddDependence(const AuditContext& context, const Gaps& gaps,
                   const std::vector<Dependence>& found, Findings& findings) {
  const int target = TargetIndex(context.data);
  const bool on_target =
      std::ranges::any_of(found, [&](const Dependence& d) { return d.on->column == target; });
  std::vector<std::string> parts;
  Json depends = Json::array();
  for (const Dependence& d : found) {
    if (parts.size() < 3) parts.push_back(Say(context, d));
    depends.push_back({{"on", context.data.columns[static_cast<size_t>(d.on->column)].name},
                       {"p", d.p},
                       {"cramers_v", d.strength}});
  }
  const std::string& name = context.data.columns[static_cast<size_t>(gaps.column)].name;
  Finding& finding = findings.Add(
      on_target ? Severity::kWarning : Severity::kInfo, PlaceOfColumn(context.data, gaps.column),
      "'" + name + "' is not missing at random: its gaps depend on " + Join(parts, ", and on ") +
          (found.size() > 3 ? ", and on " + std::to_string(found.size() - 3) + " more columns"
                            : ""),
      on_target ? "find out why it is missing; training adds a column that marks the gaps"
                : "fill the gaps by a method that looks at other columns (kNN, iterative), or keep "
                  "the column that marks them");
  finding.detail = {{"depends_on", depends}};
}

std::vector<Dependence> Tested(const Gaps& gaps, const std::vector<Groups>& groups, double p,
                               double strength, int target) {
  std::vector<Dependence> found;
  for (const Groups& on : groups) {
    if (on.column == gaps.column) continue;
    const Dependence d = DependenceOf(gaps.missing, on);
    if (d.p < p && d.strength >= strength && d.high_share > d.low_share) found.push_back(d);
  }
  std::ranges::stable_sort(found, [&](const Dependence& a, const Dependence& b) {
    return std::pair(a.on->column != target, -a.strength) <
           std::pair(b.on->column != target, -b.strength);
  });
  return found;
}

// Columns that are missing in the same rows, in groups of two and more.
std::vector<std::vector<size_t>> Together(const std::vector<Gaps>& gaps, double least) {
  std::vector<std::vector<size_t>> groups;
  std::vector<bool> taken(gaps.size());
  for (size_t a = 0; a < gaps.size(); ++a) {
    if (taken[a]) continue;
    std::vector<size_t> group = {a};
    for (size_t b = a + 1; b < gaps.size(); ++b) {
      if (taken[b] || static_cast<double>(std::min(gaps[a].count, gaps[b].count)) <
                          least * static_cast<double>(std::max(gaps[a].count, gaps[b].count))) {
        continue;
      }
      const int64_t both = std::inner_product(gaps[a].missing.begin(), gaps[a].missing.end(),
                                              gaps[b].missing.begin(), int64_t{0});
      const int64_t either = gaps[a].count + gaps[b].count - both;
      if (static_cast<double>(both) < least * static_cast<double>(either)) continue;
      group.push_back(b);
      taken[b] = true;
    }
    if (group.size() > 1) groups.push_back(group);
  }
  return groups;
}

void AddTogether(const AuditContext& context, const std::vector<Gaps>& gaps,
                 const std::vector<size_t>& group, Findings& findings) {
  std::vector<std::string> names;
  Json columns = Json::array();
  for (const size_t i : group) {
    columns.push_back(context.data.columns[static_cast<size_t>(gaps[i].column)].name);
    names.push_back("'" + columns.back().get<std::string>() + "'");
  }
  if (names.size() > 6) {
    const size_t more = names.size() - 5;
    names.resize(5);
    names.push_back(std::to_string(more) + " more columns");
  }
  Finding& finding = findings.Add(
      Severity::kInfo, PlaceOfColumn(context.data, gaps[group[0]].column),
      Join(names, ", ") + " are missing in the same rows",
      "look for what these rows have in common: another source, a form that was not filled in");
  finding.detail = {{"together", columns}};
}

void Run(const AuditContext& context, Findings& findings) {
  const std::vector<int64_t> rows = RowsLookedAt(context.data.size());
  const std::vector<Gaps> gaps = GapsOf(context, rows);
  if (gaps.empty()) {
    findings.Skip("no column has ten gaps and ten values");
    return;
  }
  const int target = TargetIndex(context.data);
  std::vector<Groups> groups;
  for (size_t i = 0; i < context.data.columns.size() && groups.size() < kMostColumns; ++i) {
    const int column = static_cast<int>(i);
    const Column& about = context.data.columns[i];
    if ((about.role == Role::kIgnored && column != target) || about.type == FeatureType::kPicture) {
      continue;
    }
    if (auto some = GroupsOf(context, column, rows)) groups.push_back(std::move(*some));
  }
  const double tests = static_cast<double>(gaps.size() * std::max<size_t>(1, groups.size()));
  const double p = context.settings.at("p").get<double>() / tests;
  const double strength = context.settings.at("strength").get<double>();
  std::vector<std::vector<Dependence>> found(gaps.size());
  ParallelFor(static_cast<int64_t>(gaps.size()), 1, [&](int64_t i, int64_t) {
    const auto at = static_cast<size_t>(i);
    found[at] = Tested(gaps[at], groups, p, strength, target);
  });
  for (size_t i = 0; i < gaps.size(); ++i) {
    if (!found[i].empty()) AddDependence(context, gaps[i], found[i], findings);
  }
  for (const auto& group : Together(gaps, context.settings.at("together").get<double>())) {
    AddTogether(context, gaps, group, findings);
  }
}

}  // namespace

const Check& MissingPattern() {
  static const Check check = {&MissingPatternSpec, &Run};
  return check;
}

}  // namespace bottega

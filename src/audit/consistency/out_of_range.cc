#include <algorithm>
#include <cmath>
#include <set>

#include "audit/cell_findings.h"
#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "data/infer/names.h"
#include "data/values.h"
#include "profile/sorted_values.h"

namespace bottega {
namespace {

const Spec& OutOfRangeSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "out_of_range",
      .one_line = "numbers that cannot be values of their column",
      .text =
          "Numbers outside a range that is given (`ranges`, `values`), that the column's name says "
          "(ages 0 to 125, months 1 to 12, latitudes, per cent values), or that all other numbers "
          "say: a few negative ones among thousands that are not and stay clear of zero, or a few "
          "that lie more than `gap` times the range of all others away from them (12000 among "
          "weights of 50 to 120). What a name says counts only where at least 98 % of the "
          "numbers agree with it. Values that are merely unusual are left to the check for "
          "outliers, repeated codes such as 999 to hidden_missing. Severity: warning; error for "
          "what is given.",
      .params = {{.name = "ranges",
                  .type = ParamType::kMap,
                  .what = "column to its smallest and largest value, null where there is no limit, "
                          "as in {age: [0, 120], price: [0, null]}",
                  .fallback = Json::object()},
                 {.name = "values",
                  .type = ParamType::kMap,
                  .what = "column to the list of all values that it may hold",
                  .fallback = Json::object()},
                 {.name = "gap",
                  .type = ParamType::kFloat,
                  .what = "distance from all other numbers, in multiples of their range",
                  .fallback = 3,
                  .min = 1,
                  .larger = "names only numbers that are further away"},
                 {.name = "few",
                  .type = ParamType::kFloat,
                  .what = "share of a column that impossible numbers make up at most",
                  .fallback = 0.02,
                  .min = 0,
                  .max = 0.2}},
      .synonyms = {"ranges", "negative_values", "domain", "allowed_values"},
  };
  return spec;
}

constexpr int64_t kFewestRows = 20;

struct Range {
  double low = -INFINITY, high = INFINITY;
  std::string why;
};

// What the column's name says of its numbers; `whole`: all are whole numbers.
std::optional<Range> NamedRange(const std::string& name, bool whole, double largest_usual) {
  const auto has = [&](const std::vector<std::string_view>& words) { return NameHas(name, words); };
  if (has({"age", "alter", "edad", "eta"}) && !has({"days", "months", "hours"})) {
    return Range{0, 125, "an age lies between 0 and 125 years"};
  }
  if (has({"latitude", "lat"})) return Range{-90, 90, "latitudes lie between -90 and 90"};
  if (has({"longitude", "lon", "lng"}))
    return Range{-180, 180, "longitudes lie between -180 and 180"};
  if (whole && has({"month", "monat", "mes", "mois"})) return Range{1, 12, "a year has 12 months"};
  if (whole && has({"hour", "stunde"}) && largest_usual <= 24) {
    return Range{0, 24, "a day has 24 hours"};
  }
  if (has({"percent", "percentage", "pct", "prozent"}) && largest_usual <= 100) {
    return Range{0, 100, "a percentage lies between 0 and 100"};
  }
  if (has({"probability", "prob", "fraction", "proportion"}) && largest_usual <= 1) {
    return Range{0, 1, "a share lies between 0 and 1"};
  }
  if (has({"humidity"}) && largest_usual <= 100) return Range{0, 100, "humidity is 0 to 100 %"};
  if (has({"height",     "weight",     "length",   "width",    "size",   "area",   "distance",
           "duration",   "count",      "quantity", "qty",      "number", "num",    "price",
           "population", "hours",      "days",     "speed",    "salary", "income", "mass",
           "volume",     "experience", "years",    "children", "visits"})) {
    return Range{0, INFINITY, "this cannot be negative"};
  }
  return std::nullopt;
}

using Flags = std::unordered_map<int32_t, FlaggedValue>;

void Outside(const SortedValues& sorted, const Range& range, double confidence, Flags* flags) {
  for (size_t i = 0; i < sorted.code.size(); ++i) {
    const double x = sorted.value[i];
    if (x >= range.low && x <= range.high) continue;
    flags->emplace(sorted.code[i], FlaggedValue{std::nullopt, true, confidence, range.why});
  }
}

int64_t RowsOutside(const SortedValues& sorted, const Range& range) {
  int64_t rows = 0;
  for (size_t i = 0; i < sorted.value.size(); ++i) {
    const int64_t end = i + 1 < sorted.below.size() ? sorted.below[i + 1] : sorted.rows;
    if (sorted.value[i] < range.low || sorted.value[i] > range.high) rows += end - sorted.below[i];
  }
  return rows;
}

// A few negative numbers below many that stay clear of zero: signs were turned.
void TurnedSigns(const SortedValues& sorted, double few, Flags* flags) {
  const auto first = std::ranges::lower_bound(sorted.value, 0.0) - sorted.value.begin();
  const auto at = static_cast<size_t>(first);
  if (first == 0 || at == sorted.value.size()) return;
  const int64_t negative = sorted.below[at];
  if (static_cast<double>(negative) > few * static_cast<double>(sorted.rows)) return;
  const double least = sorted.value[at], median = sorted.At(0.5);
  if (least < 0.1 * median || sorted.value[at - 1] > -0.1 * median) return;
  const double highest = sorted.At(0.999);
  for (size_t i = 0; i < at; ++i) {
    const double turned = -sorted.value[i];
    const bool fits = turned >= least && turned <= highest;
    flags->emplace(sorted.code[i],
                   FlaggedValue{fits ? std::optional(NumberText(turned)) : std::nullopt, true, 0.85,
                                "all other numbers are " + FormatNumber(least) + " or more"});
  }
}

// Numbers beyond a gap that is a multiple of the range of all the others.
void FarAway(const SortedValues& sorted, double gap, double few, Flags* flags) {
  const size_t n = sorted.value.size();
  const double limit = few * static_cast<double>(sorted.rows);
  if (n < 10) return;
  // Numbers that are too small must not hide those that are too large.
  const double low = sorted.At(few), high = sorted.At(1 - few);
  for (size_t i = n - 1; i > n / 2; --i) {
    const int64_t beyond = sorted.rows - sorted.below[i];
    if (static_cast<double>(beyond) > limit) break;
    const double range = sorted.value[i - 1] - low;
    if (range <= 0 || sorted.value[i] - sorted.value[i - 1] < gap * range) continue;
    for (size_t k = i; k < n; ++k) {
      flags->emplace(sorted.code[k],
                     FlaggedValue{std::nullopt, true, 0.85,
                                  "nearly all other numbers lie between " + FormatNumber(low) +
                                      " and " + FormatNumber(sorted.value[i - 1])});
    }
  }
  for (size_t i = 0; i + 1 < n / 2; ++i) {
    if (static_cast<double>(sorted.below[i + 1]) > limit) break;
    const double range = high - sorted.value[i + 1];
    if (range <= 0 || sorted.value[i + 1] - sorted.value[i] < gap * range) continue;
    for (size_t k = 0; k <= i; ++k) {
      flags->emplace(sorted.code[k], FlaggedValue{std::nullopt, true, 0.85,
                                                  "nearly all other numbers lie between " +
                                                      FormatNumber(sorted.value[i + 1]) + " and " +
                                                      FormatNumber(high)});
    }
  }
}

void Add(const AuditContext& context, int column, const Flags& flags, Severity severity,
         const std::string& what, Findings& findings, std::vector<float>* scores) {
  const std::vector<FlaggedCell> cells = CellsWith(context, column, flags);
  if (cells.empty()) return;
  const FlaggedCell& first = cells[0];
  Finding& finding =
      findings.Add(severity, {},
                   "'" + context.data.columns[static_cast<size_t>(column)].name + "' holds " +
                       FormatCount(static_cast<int64_t>(cells.size())) + " " + what +
                       (cells.size() == 1 ? "" : "s") + " that cannot be, as " +
                       QuoteCell(context.data, column, first.Shown()) + " in " +
                       NameRow(context.data, first.position) + ": " + first.evidence,
                   "correct the cells, or leave them empty");
  ListCells(context.data, cells, &finding);
  LowerScores(context.data, cells, scores);
}

void LookAt(const AuditContext& context, int column, Findings& findings,
            std::vector<float>* scores) {
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  if (!cells.is_number()) return;
  const SortedValues sorted(cells);
  if (sorted.rows < kFewestRows || sorted.value.size() < 2) return;
  const double few = context.settings.at("few").get<double>();
  Flags flags;
  const std::string& name = context.data.columns[static_cast<size_t>(column)].name;
  if (const auto range = NamedRange(name, sorted.whole, sorted.At(0.98))) {
    const int64_t outside = RowsOutside(sorted, *range);
    if (static_cast<double>(outside) <= few * static_cast<double>(sorted.rows)) {
      Outside(sorted, *range, 0.95, &flags);
    }
  }
  TurnedSigns(sorted, few, &flags);
  FarAway(sorted, context.settings.at("gap").get<double>(), std::min(few, 0.01), &flags);
  Add(context, column, flags, Severity::kWarning, "number", findings, scores);
}

int RequireColumn(const AuditContext& context, const std::string& name, const char* setting) {
  const int column = context.data.Find(name);
  if (column >= 0) return column;
  std::vector<std::string> names;
  for (const Column& known : context.data.columns) names.push_back(known.name);
  const std::vector<std::string> near = NearestNames(name, names, 1);
  throw Error(
      ErrorKind::kRecipe,
      std::string("out_of_range.") + setting + ": there is no column '" + name + "'", {},
      near.empty() ? "the columns are " + Join(names, ", ") : "did you mean '" + near[0] + "'?");
}

Range GivenRange(const std::string& name, const Json& value) {
  const auto limit = [](const Json& one, double none) {
    return one.is_number() ? one.get<double>() : none;
  };
  const bool pair = value.is_array() && value.size() == 2 &&
                    (value[0].is_number() || value[0].is_null()) &&
                    (value[1].is_number() || value[1].is_null());
  if (!pair) {
    throw Error(ErrorKind::kRecipe,
                "out_of_range.ranges: '" + name + "' needs two numbers, the smaller first", {},
                "write it as in {age: [0, 120]} or {price: [0, null]}");
  }
  Range range{limit(value[0], -INFINITY), limit(value[1], INFINITY), ""};
  range.why = "the recipe says " + (std::isinf(range.low)    ? "at most " + FormatNumber(range.high)
                                    : std::isinf(range.high) ? "at least " + FormatNumber(range.low)
                                                             : FormatNumber(range.low) + " to " +
                                                                   FormatNumber(range.high));
  return range;
}

void LookAtGiven(const AuditContext& context, Findings& findings, std::vector<float>* scores) {
  for (const auto& [name, value] : context.settings.at("ranges").items()) {
    const int column = RequireColumn(context, name, "ranges");
    const CellColumn& cells = context.shared.CellsOfColumn(column);
    const Range range = GivenRange(name, value);
    Flags flags;
    if (cells.is_number()) Outside(SortedValues(cells), range, 1, &flags);
    Add(context, column, flags, Severity::kError, "number", findings, scores);
  }
  for (const auto& [name, value] : context.settings.at("values").items()) {
    const int column = RequireColumn(context, name, "values");
    const CellColumn& cells = context.shared.CellsOfColumn(column);
    std::set<std::string> allowed;
    for (const Json& one : value)
      allowed.insert(one.is_string() ? one.get<std::string>() : one.dump());
    Flags flags;
    for (int32_t code = 0; code < cells.distinct(); ++code) {
      if (allowed.contains(ExactText(cells, code))) continue;
      flags[code] = {std::nullopt, false, 1, "it is none of the values that the recipe allows"};
    }
    Add(context, column, flags, Severity::kError, "value", findings, scores);
  }
}

void Run(const AuditContext& context, Findings& findings) {
  std::vector<float> scores(static_cast<size_t>(context.data.size()), 1.0F);
  LookAtGiven(context, findings, &scores);
  bool any = !findings.items().empty();
  for (size_t i = 0; i < context.data.columns.size(); ++i) {
    const Column& column = context.data.columns[i];
    if (column.type != FeatureType::kNumber || column.role == Role::kIgnored) continue;
    any = true;
    if (context.settings.at("ranges").contains(column.name)) continue;
    LookAt(context, static_cast<int>(i), findings, &scores);
  }
  if (!any) {
    findings.Skip("no column holds numbers");
    return;
  }
  findings.Score(std::move(scores));
}

}  // namespace

const Check& OutOfRange() {
  static const Check check = {&OutOfRangeSpec, &Run};
  return check;
}

}  // namespace bottega

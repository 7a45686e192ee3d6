#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "profile/column_copies.h"
#include "profile/derived_columns.h"

namespace bottega {
namespace {

const Spec& DerivableColumnsSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "derivable_columns",
      .one_line = "columns that can be computed from others",
      .text =
          "Feature columns that are a sum (total = a + b + c), a multiple (another unit), a "
          "product "
          "or power (price * quantity, weight / height^2), a date part, steps or a smooth function "
          "of one other column, that have one value for each value of another (city and country), "
          "or that are part of a text or texts joined. Values count as reproduced within their "
          "rounding, and `errors` of the rows may break the rule. Columns that merely go together "
          "are not reported. No reported column is needed to compute another: leaving all of them "
          "out loses nothing. Copies are the business of duplicate_columns. Severity: info.",
      .params = {{.name = "errors",
                  .type = ParamType::kFloat,
                  .what = "share of rows that may break the rule",
                  .fallback = 0.02,
                  .min = 0,
                  .max = 0.2,
                  .larger = "finds rules in dirty data, and rules that hold by accident"},
                 {.name = "terms",
                  .type = ParamType::kInt,
                  .what = "most columns of a sum",
                  .fallback = 5,
                  .min = 1,
                  .max = 12},
                 {.name = "sample",
                  .type = ParamType::kInt,
                  .what = "rows, spread evenly, on which rules are sought",
                  .fallback = 4'000,
                  .min = 100,
                  .unit = "rows"}},
      .synonyms = {"derived_columns", "functional_dependency", "multicollinearity", "computed"},
      .source = "Rousseeuw & Van Driessen, Computing LTS regression for large data sets, 2006",
  };
  return spec;
}

struct Unit {
  double factor;
  const char* name;
};
constexpr std::array<Unit, 14> kUnits = {{{2.54, "inches and centimetres"},
                                          {0.3048, "feet and metres"},
                                          {30.48, "feet and centimetres"},
                                          {1.609344, "miles and kilometres"},
                                          {0.45359237, "pounds and kilograms"},
                                          {28.349523, "ounces and grams"},
                                          {3.785412, "gallons and litres"},
                                          {1.8, "degrees Celsius and Fahrenheit"},
                                          {1000, "a unit and its thousandth"},
                                          {100, "a share and per cent"},
                                          {60, "minutes and seconds, or hours and minutes"},
                                          {3600, "hours and seconds"},
                                          {12, "years and months"},
                                          {24, "days and hours"}}};

// "; the factor is that of inches and centimetres", from a formula "a = 2.54 * b".
std::string UnitNote(const Derivation& derivation) {
  if (derivation.kind != DerivationKind::kLinear) return "";
  const std::vector<std::string> words = Split(derivation.formula, ' ');
  for (size_t i = 1; i + 1 < words.size(); ++i) {
    if (words[i + 1] != "*") continue;
    const std::optional<double> factor = ParseNumber(words[i]);
    if (!factor) continue;
    for (const Unit& unit : kUnits) {
      for (const double known : {unit.factor, 1 / unit.factor}) {
        if (std::abs(*factor / known - 1) < 1e-3) {
          return "; the factor is that of " + std::string(unit.name);
        }
      }
    }
  }
  return "";
}

bool MayBeInput(const Column& column) {
  const bool role = column.role == Role::kFeature || column.role == Role::kTime ||
                    column.role == Role::kGroup ||
                    (column.role == Role::kIgnored && column.type == FeatureType::kIdentifier);
  return role && column.type != FeatureType::kPicture;
}

// Without the later one of two copies.
std::vector<DeriveColumn> ColumnsOf(const AuditContext& context) {
  const Dataset& data = context.data;
  std::vector<const CellColumn*> cells;
  for (int i = 0; i < static_cast<int>(data.columns.size()); ++i) {
    if (MayBeInput(data.columns[static_cast<size_t>(i)])) {
      cells.push_back(&context.shared.CellsOfColumn(i));
    }
  }
  std::set<size_t> copies;
  for (const ColumnCopy& copy : FindColumnCopies(cells, 0.01)) {
    if (!IsConversion(*cells[copy.first], *cells[copy.second], copy)) copies.insert(copy.second);
  }
  std::vector<DeriveColumn> columns;
  for (size_t i = 0; i < cells.size(); ++i) {
    const Column& column = data.columns[static_cast<size_t>(cells[i]->column)];
    if (copies.contains(i)) continue;
    columns.push_back({cells[i], column.name, column.role == Role::kFeature});
  }
  return columns;
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  const std::vector<DeriveColumn> columns = ColumnsOf(context);
  if (columns.size() < 2 || data.size() < 50) {
    findings.Skip(columns.size() < 2 ? "there are fewer than two columns to compare"
                                     : "there are fewer than 50 rows");
    return;
  }
  const DeriveOptions options{.errors = context.settings.at("errors").get<double>(),
                              .sample = context.settings.at("sample").get<int64_t>(),
                              .terms = context.settings.at("terms").get<int>()};
  for (const Derivation& derivation : FindDerivations(columns, options)) {
    const Column& column =
        data.columns[static_cast<size_t>(columns[derivation.column].cells->column)];
    std::vector<std::string> inputs;
    for (const size_t input : derivation.inputs) inputs.push_back(columns[input].name);
    Finding& finding = findings.Add(
        Severity::kInfo, PlaceOfColumn(data, columns[derivation.column].cells->column),
        "'" + column.name + "' can be computed: " + derivation.formula +
            (derivation.agree < 1 ? " (in " + Percent(derivation.agree) + " of the rows)" : "") +
            UnitNote(derivation),
        "leave it out if the others are kept (data.roles: {" + column.name + ": ignored})" +
            (derivation.agree < 1 ? "; the rows that break the rule may be mistakes" : ""));
    finding.confidence = (derivation.exact ? 0.95 : 0.85) * derivation.agree;
    finding.detail = {{"kind", DerivationKindName(derivation.kind)},
                      {"formula", derivation.formula},
                      {"inputs", inputs},
                      {"agree", derivation.agree},
                      {"compared", derivation.compared}};
  }
}

}  // namespace

const Check& DerivableColumns() {
  static const Check check = {&DerivableColumnsSpec, &Run};
  return check;
}

}  // namespace bottega

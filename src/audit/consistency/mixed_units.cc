#include <algorithm>
#include <cmath>
#include <map>

#include "audit/cell_findings.h"
#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "data/values.h"
#include "profile/quantiles.h"
#include "profile/quantity.h"

namespace bottega {
namespace {

const Spec& MixedUnitsSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "mixed_units",
      .one_line = "numbers of one column in several units, or in one unit written in several ways",
      .text =
          "Columns of numbers with units, signs or currencies: 5 kg beside 5000 g, 12 oz beside "
          "12 OZ., some values with a per cent sign and some without, dollars beside euros. The "
          "unit of most rows stands for the column; the other cells get the converted number where "
          "that is possible (never between currencies). Where cells with and without a per cent "
          "sign have about the same median, the sign says nothing; where they differ a "
          "hundredfold, the value is divided. Severity: warning; error where units of different "
          "size or currencies are mixed, for then the numbers cannot be compared.",
      .params = {{.name = "share",
                  .type = ParamType::kFloat,
                  .what = "share of cells that must be numbers with or without a unit",
                  .fallback = 0.8,
                  .min = 0.5,
                  .max = 1}},
      .synonyms = {"units", "currencies", "percent_signs"},
      .source = "factors: NIST Special Publication 811, appendix B",
  };
  return spec;
}

constexpr double kOdd = 0.9;     // confidence of a cell in another unit than most
constexpr double kUsual = 0.85;  // and of one in the unit of most, which is to be a plain number

struct Value {
  int32_t code = -1;  // of the column's cells; -1: a cell as written
  int64_t row = -1;   // its record
  int64_t count = 1;
  Quantity quantity;
  const Unit* unit = nullptr;  // nullptr: none
};

struct Group {
  int64_t rows = 0;
  std::map<std::string, int64_t> spellings;
  std::vector<double> numbers;

  double Median() {
    std::ranges::sort(numbers);
    return numbers.empty() ? NAN : Quantile(numbers, 0.5);
  }
};

using Groups = std::map<std::string, Group>;  // by name of the unit, "" without one

// All cells as quantities; empty where too many are something else, or have units nobody knows.
std::vector<Value> ValuesOfText(const CellColumn& cells, double share) {
  std::vector<Value> values;
  int64_t rows = 0, understood = 0;
  for (size_t code = 0; code < cells.text.size(); ++code) {
    rows += cells.count[code];
    const auto quantity = ParseQuantity(cells.text[code]);
    if (!quantity) continue;
    const Unit* unit = FindUnit(quantity->unit);
    if (unit == nullptr && !quantity->unit.empty()) continue;
    understood += cells.count[code];
    values.push_back({static_cast<int32_t>(code), -1, cells.count[code], *quantity, unit});
  }
  if (static_cast<double>(understood) < share * static_cast<double>(rows)) values.clear();
  return values;
}

// Of a number column: what most cells are, and the cells that were written otherwise.
std::vector<Value> ValuesOfNumbers(const AuditContext& context, int column) {
  std::vector<Value> values;
  const Written* written = WrittenOf(context.data, column);
  if (written == nullptr || written->cells.empty()) return values;
  std::unordered_map<int64_t, bool> apart;
  for (const WrittenCell& cell : written->cells) {
    const auto quantity = ParseQuantity(cell.text);
    const Unit* unit = quantity ? FindUnit(quantity->unit) : nullptr;
    apart.emplace(cell.row, true);
    if (!quantity || (unit == nullptr && !quantity->unit.empty())) continue;
    values.push_back({-1, cell.row, 1, *quantity, unit});
  }
  if (values.empty()) return values;
  const std::vector<double>& numbers = context.shared.NumbersOfColumn(column);
  const Unit* usual = FindUnit(written->usual);
  for (size_t i = 0; i < numbers.size(); ++i) {
    if (std::isnan(numbers[i]) || apart.contains(context.data.rows[i])) continue;
    values.push_back({-1, -1, 1, {.number = numbers[i], .unit = written->usual}, usual});
  }
  return values;
}

Groups GroupsOf(const std::vector<Value>& values) {
  Groups groups;
  for (const Value& value : values) {
    Group& group = groups[value.unit == nullptr ? "" : value.unit->name];
    group.rows += value.count;
    group.spellings[value.quantity.unit] += value.count;
    const auto times = static_cast<size_t>(std::min<int64_t>(value.count, 1000));
    group.numbers.insert(group.numbers.end(), times, value.quantity.number);
  }
  return groups;
}

bool HasSeveralSpellings(const Groups& groups) {
  return std::ranges::any_of(groups, [](const auto& group) {
    return !group.first.empty() && group.second.spellings.size() > 1;
  });
}

// The unit that stands for the column: that of most rows, one with a name before none.
const Unit* MainUnit(const std::vector<Value>& values) {
  std::map<const Unit*, int64_t> rows;
  for (const Value& value : values) {
    if (value.unit != nullptr) rows[value.unit] += value.count;
  }
  const Unit* main = nullptr;
  for (const Value& value : values) {
    if (value.unit != nullptr && (main == nullptr || rows[value.unit] > rows[main])) {
      main = value.unit;
    }
  }
  return main;
}

// How one cell is to be written.
struct Judge {
  const Unit* main;
  Groups& groups;
  bool bare_is_main;   // most cells have no unit
  double percent = 1;  // what a cell with a per cent sign is divided by among those without

  std::optional<FlaggedValue> operator()(const Value& value) const {
    const std::string digits = NumberText(value.quantity.number);
    if (value.unit == nullptr) {
      if (bare_is_main) return std::nullopt;
      return FlaggedValue{digits, false, 0.6, "it has no unit; most cells are in " + main->name};
    }
    if (value.unit != main && !CanConvert(*value.unit, *main)) {
      return FlaggedValue{std::nullopt, false, kOdd,
                          "it is in " + value.unit->name + ", most cells are in " + main->name};
    }
    if (value.unit != main) {
      const double number = Convert(value.quantity.number, *value.unit, *main);
      return FlaggedValue{NumberText(std::stod(FormatNumber(number, 12))), true, kOdd,
                          value.quantity.unit + " converted to " + main->name};
    }
    const double number = value.quantity.number / percent;
    return FlaggedValue{NumberText(std::stod(FormatNumber(number, 12))), true,
                        percent != 1 ? kOdd : kUsual,
                        percent != 1 ? "cells without a per cent sign are a hundredth of it"
                                     : "the number alone; the unit '" + value.quantity.unit +
                                           "' is the same in all cells that have one"};
  }
};

std::string Describe(const Groups& groups) {
  std::vector<std::string> parts;
  for (const auto& [unit, group] : groups) {
    std::string spelled;
    if (!unit.empty() && group.spellings.size() > 1) {
      std::vector<std::string> ways;
      for (const auto& [way, count] : group.spellings) ways.push_back("'" + way + "'");
      if (ways.size() > 5) ways.resize(5);
      spelled = " (as " + Join(ways, ", ") + ")";
    }
    parts.push_back((unit.empty() ? "no unit" : unit) + spelled + " in " + FormatCount(group.rows));
  }
  return Join(parts, ", ");
}

double PercentDivisor(Groups& groups) {
  if (!groups.contains("%") || !groups.contains("")) return 1;
  const double ratio = groups["%"].Median() / groups[""].Median();
  return ratio > 20 && ratio < 500 ? 100 : 1;
}

std::vector<FlaggedCell> CellsOfValues(const AuditContext& context, int column,
                                       const std::vector<Value>& values, const Judge& judge) {
  std::unordered_map<int32_t, FlaggedValue> by_code;
  std::unordered_map<int64_t, FlaggedValue> by_row;
  for (const Value& value : values) {
    if (value.code < 0 && value.row < 0) continue;
    const auto flagged = judge(value);
    if (!flagged) continue;
    if (value.code >= 0) {
      by_code.emplace(value.code, *flagged);
    } else {
      by_row.emplace(value.row, *flagged);
    }
  }
  if (!by_code.empty()) return CellsWith(context, column, by_code);
  return WrittenCellsWith(context.data, column,
                          [&](const WrittenCell& cell) -> std::optional<FlaggedValue> {
                            const auto at = by_row.find(cell.row);
                            if (at == by_row.end()) return std::nullopt;
                            return at->second;
                          });
}

void LookAt(const AuditContext& context, int column, Findings& findings,
            std::vector<float>* scores) {
  const Column& about = context.data.columns[static_cast<size_t>(column)];
  const bool number = about.type == FeatureType::kNumber;
  const std::vector<Value> values = number
                                        ? ValuesOfNumbers(context, column)
                                        : ValuesOfText(context.shared.CellsOfColumn(column),
                                                       context.settings.at("share").get<double>());
  Groups groups = GroupsOf(values);
  const Unit* main = MainUnit(values);
  if (main == nullptr || (groups.size() < 2 && !HasSeveralSpellings(groups))) return;
  const int64_t bare = groups.contains("") ? groups[""].rows : 0;
  const auto named = std::ranges::count_if(groups, [](const auto& g) { return !g.first.empty(); });
  const Judge judge{main, groups, bare > 0 && (number || bare > groups[main->name].rows),
                    PercentDivisor(groups)};
  const std::vector<FlaggedCell> cells = CellsOfValues(context, column, values, judge);
  if (cells.empty()) return;
  const bool grave = named > 1 || judge.percent != 1;
  Finding& finding = findings.Add(
      grave ? Severity::kError : Severity::kWarning, {},
      "'" + about.name + "' mixes units: " + Describe(groups),
      named > 1 && main->dimension == "currency"
          ? "convert the amounts to one currency at the source, or give the currency a column"
          : "write plain numbers in one unit and name it in the column's name");
  ListCells(context.data, cells, &finding);
  finding.detail["unit"] = main->name;
  if (!grave) return;
  std::vector<FlaggedCell> odd = cells;
  std::erase_if(odd, [](const FlaggedCell& cell) { return cell.confidence < kOdd; });
  LowerScores(context.data, odd, scores);
}

void Run(const AuditContext& context, Findings& findings) {
  std::vector<float> scores(static_cast<size_t>(context.data.size()), 1.0F);
  for (size_t i = 0; i < context.data.columns.size(); ++i) {
    const Column& column = context.data.columns[i];
    if (column.role == Role::kIgnored && column.type != FeatureType::kIdentifier) continue;
    if (column.type == FeatureType::kPicture || column.type == FeatureType::kDate) continue;
    LookAt(context, static_cast<int>(i), findings, &scores);
  }
  findings.Score(std::move(scores));
}

}  // namespace

const Check& MixedUnits() {
  static const Check check = {&MixedUnitsSpec, &Run};
  return check;
}

}  // namespace bottega

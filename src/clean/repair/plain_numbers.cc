#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "base/text.h"
#include "clean/raw_source.h"
#include "clean/repair/leading_quantity.h"
#include "clean/repair_kind.h"
#include "data/assemble.h"
#include "data/values.h"

namespace bottega {

namespace {

const Spec& PlainNumbersSpec() {
  static const Spec spec = {
      .kind = "repair",
      .name = "plain_numbers",
      .one_line = "write numbers plain: without words, signs and units beside them",
      .text =
          "In a number column, a cell such as `about 40` was read as missing: where it holds "
          "exactly one number, that number is put there (`10-20` and cells without one stay "
          "missing). Where most cells are plain, `5 %` and `$1,200` lose their signs; "
          "percentages among fractions are divided by 100. A column of numbers with one unit, "
          "written in several ways (`12 oz`, `12.0 ounces`), becomes a number column.",
      .synonyms = {"mixed_types", "convert_cells", "units"},
  };
  return spec;
}

// Cells of a number column that are written otherwise than plain, by their text.
struct Odd {
  std::vector<size_t> decorated;  // read as a number all the same
  std::vector<size_t> words;      // read as missing
  int64_t plain = 0;
};

Odd OddCells(const std::vector<std::optional<std::string_view>>& raw,
             const std::vector<double>& values, const NumberStyle& style) {
  Odd odd;
  const bool comma = style.decimal == ',';
  for (size_t i = 0; i < raw.size(); ++i) {
    if (!raw[i]) continue;
    const std::string_view text = Trim(*raw[i]);
    const bool plain = comma ? ParseStyledNumber(text, {.decimal = ','}).has_value()
                             : ParseNumber(text).has_value();
    if (plain) {
      ++odd.plain;
    } else {
      (std::isnan(values[i]) ? odd.words : odd.decorated).push_back(i);
    }
  }
  return odd;
}

double MedianOf(std::vector<double> values) {
  std::erase_if(values, [](double x) { return std::isnan(x); });
  if (values.empty()) return std::nan("");
  const auto middle = values.begin() + static_cast<int64_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// By what `5 %` has to be divided to be one of the column's plain numbers: 1 or 100; 0 where the
// two do not compare.
double PercentScale(const std::vector<double>& plain, const std::vector<double>& percent) {
  const double ratio = MedianOf(percent) / MedianOf(plain);
  if (ratio > 0.2 && ratio < 5) return 1;
  const bool fractions = std::ranges::all_of(plain, [](double x) { return x >= 0 && x <= 1; });
  return fractions && ratio > 10 && ratio < 1000 ? 100 : 0;
}

struct NumberColumn {
  const RepairContext& context;
  int column = 0;
  std::vector<std::optional<std::string_view>> raw;
  std::vector<double> values;

  const Column& about() const { return context.data.columns[static_cast<size_t>(column)]; }
};

void PlanWords(const NumberColumn& c, const std::vector<size_t>& rows, CellChanges* changes) {
  if (c.about().role == Role::kTarget) return;
  for (const size_t i : rows) {
    const auto number = OnlyNumber(*c.raw[i]);
    if (!number) continue;
    changes->Add(c.context.data.rows[i], std::nullopt, NumberText(*number),
                 "the source says '" + std::string(*c.raw[i]) + "'", 0.9);
  }
}

void PlanDecorated(const NumberColumn& c, const Odd& odd, CellChanges* changes, RepairPlan* plan) {
  if (static_cast<int64_t>(odd.decorated.size()) >= odd.plain) return;  // it is the column's way
  std::vector<bool> decorated(c.values.size());
  for (const size_t i : odd.decorated) decorated[i] = true;
  std::vector<double> plain, percent;
  for (size_t i = 0; i < c.values.size(); ++i) {
    if (!decorated[i]) {
      if (!std::isnan(c.values[i])) plain.push_back(c.values[i]);
    } else if (c.raw[i]->find('%') != std::string_view::npos) {
      percent.push_back(c.values[i]);
    }
  }
  const double scale = percent.empty() ? 1 : PercentScale(plain, percent);
  if (scale == 0) {
    plan->refused.push_back({"plain_numbers", c.about().name,
                             "cells with a percent sign and cells without it are not of one size"});
  }
  for (const size_t i : odd.decorated) {
    const bool sign = c.raw[i]->find('%') != std::string_view::npos;
    if (sign && (scale == 0 || (scale != 1 && c.about().role == Role::kTarget))) continue;
    const std::string before = NumberText(c.values[i]);
    // Sixteen digits and more are the noise of a binary fraction.
    const std::string after = before.size() > 16 ? FormatNumber(c.values[i], 15) : before;
    const std::string says = "the source says '" + std::string(Trim(*c.raw[i])) + "'";
    if (sign && scale != 1) {
      changes->Add(c.context.data.rows[i], before, NumberText(c.values[i] / scale),
                   says + ", the others are fractions", 0.85);
    } else {
      changes->Add(c.context.data.rows[i], before, after, says + ", most cells are plain numbers",
                   0.95);
    }
  }
}

void PlanNumbers(const RepairContext& context, int column, RepairPlan* plan) {
  NumberColumn c{context, column, context.raw.Column(context.data, column)};
  if (c.raw.empty()) return;
  c.values = NumbersOf(context.data, column);
  const Odd odd = OddCells(c.raw, c.values, StyleOf(context.data.reading, c.about().name));
  if (odd.decorated.empty() && odd.words.empty()) return;
  CellChanges changes("plain_numbers", c.about().name);
  PlanWords(c, odd.words, &changes);
  PlanDecorated(c, odd, &changes, plan);
  changes.Finish(plan);
}

// The number and unit of each value of a column, if every value has them and the unit is one.
struct Quantities {
  std::vector<double> numbers;          // per value
  std::vector<std::string> rest;        // words behind the unit
  std::map<std::string, int64_t> ways;  // of writing the unit -> rows
};

std::optional<Quantities> QuantitiesOf(const Codes& codes, const std::vector<int64_t>& rows) {
  Quantities quantities;
  std::string unit;
  for (size_t k = 0; k < codes.values.size(); ++k) {
    const auto quantity = ParseLeadingQuantity(codes.values[k]);
    if (!quantity || quantity->unit.empty()) return std::nullopt;
    const std::string known = UnitName(quantity->unit);
    if (!unit.empty() && known != unit) return std::nullopt;
    unit = known;
    quantities.numbers.push_back(quantity->number);
    quantities.rest.push_back(quantity->rest);
    quantities.ways[quantity->unit] += rows[k];
  }
  return quantities.numbers.empty() ? std::nullopt : std::optional(std::move(quantities));
}

void PlanUnits(const RepairContext& context, int column, RepairPlan* plan) {
  const Dataset& data = context.data;
  const Column& about = data.columns[static_cast<size_t>(column)];
  const Codes codes = CodesOf(data, column);
  std::vector<int64_t> rows(codes.values.size());
  for (const int32_t code : codes.code) {
    if (code >= 0) ++rows[static_cast<size_t>(code)];
  }
  const auto quantities = QuantitiesOf(codes, rows);
  if (!quantities || codes.values.size() < 2) return;
  std::vector<std::string> ways;
  for (const auto& [way, count] : quantities->ways) ways.push_back("'" + way + "'");
  // Written in one way throughout it is the table's own style: a suggestion.
  const double sure = ways.size() > 1 ? 0.95 : 0.6;
  if (ways.size() > 4) ways.resize(4);
  const std::string why = "every value is a number of one unit, written " + Join(ways, ", ");
  CellChanges changes("plain_numbers", about.name);
  for (size_t i = 0; i < codes.code.size(); ++i) {
    if (codes.code[i] < 0) continue;
    const auto code = static_cast<size_t>(codes.code[i]);
    const std::string& rest = quantities->rest[code];
    changes.Add(data.rows[i], codes.values[code], NumberText(quantities->numbers[code]),
                rest.empty() ? why : why + "; '" + rest + "' is lost",
                rest.empty() ? sure : std::min(sure, 0.85));
  }
  changes.Finish(plan);
  plan->repairs.push_back({.repair = "plain_numbers",
                           .action = RepairAction::kType,
                           .column = about.name,
                           .before = std::string(FeatureTypeName(about.type)),
                           .after = std::string(FeatureTypeName(FeatureType::kNumber)),
                           .reason = why,
                           .confidence = sure});
}

void Plan(const RepairContext& context, const Json&, RepairPlan* plan) {
  const Dataset& data = context.data;
  for (size_t c = 0; c < data.columns.size(); ++c) {
    const Column& column = data.columns[c];
    if (column.type == FeatureType::kNumber) {
      PlanNumbers(context, static_cast<int>(c), plan);
    } else if (HoldsValues(column) && column.role == Role::kFeature) {
      PlanUnits(context, static_cast<int>(c), plan);
    }
  }
}

}  // namespace

const RepairKind kPlainNumbers = {PlainNumbersSpec, Plan};

}  // namespace bottega

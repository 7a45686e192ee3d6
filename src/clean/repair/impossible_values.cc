#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "base/text.h"
#include "clean/repair_kind.h"
#include "data/values.h"

namespace bottega {

namespace {

const Spec& ImpossibleValuesSpec() {
  static const Spec spec = {
      .kind = "repair",
      .name = "impossible_values",
      .one_line = "set numbers to missing that cannot be values",
      .text =
          "Infinity; numbers outside a range that the recipe gives for the column; and codes "
          "for missing: -9, -99, -999 ... or -9999 that stands at least twice in a column "
          "whose other values are all 0 or more. The target is left alone.",
      .params = {{.name = "ranges",
                  .type = ParamType::kMap,
                  .what = "smallest and largest possible value of a column, as in {age: [0, 120]}",
                  .fallback = Json::object()},
                 {.name = "codes",
                  .type = ParamType::kBool,
                  .what = "look for codes for missing such as -999",
                  .fallback = true}},
      .synonyms = {"sentinels", "out_of_range"},
  };
  return spec;
}

struct Range {
  double low = -INFINITY, high = INFINITY;
};

std::map<std::string, Range> RangesOf(const Dataset& data, const Json& settings) {
  std::map<std::string, Range> ranges;
  if (settings.at("ranges").is_null()) return ranges;
  for (const auto& [name, value] : settings.at("ranges").items()) {
    const bool pair = value.is_array() && value.size() == 2 && value[0].is_number() &&
                      value[1].is_number() && value[0].get<double>() <= value[1].get<double>();
    const int column = data.Find(name);
    const bool number =
        column >= 0 && data.columns[static_cast<size_t>(column)].type == FeatureType::kNumber;
    if (!pair || !number) {
      throw Error(
          ErrorKind::kRecipe,
          "impossible_values.ranges: '" + name +
              (number ? "' needs two numbers, the smaller first" : "' is no number column"),
          {},
          "give a number column its range, as in {impossible_values: {ranges: {age: [0, 120]}}}");
    }
    ranges[name] = {value[0].get<double>(), value[1].get<double>()};
  }
  return ranges;
}

// The code for missing that the column uses, or 0.
double MissingCode(const std::vector<double>& values) {
  std::unordered_map<double, int64_t> negative;
  for (double value : values) {
    if (value < 0 && std::isfinite(value)) ++negative[value];
    if (negative.size() > 1) return 0;
  }
  if (negative.size() != 1 || negative.begin()->second < 2) return 0;
  const double code = negative.begin()->first;
  for (double nines : {-9.0, -99.0, -999.0, -9999.0, -99999.0}) {
    if (code == nines) return code;
  }
  return 0;
}

void Plan(const RepairContext& context, const Json& settings, RepairPlan* plan) {
  const Dataset& data = context.data;
  const std::map<std::string, Range> ranges = RangesOf(data, settings);
  for (size_t c = 0; c < data.columns.size(); ++c) {
    const Column& column = data.columns[c];
    if (column.type != FeatureType::kNumber || column.role == Role::kTarget) continue;
    const std::vector<double> values = NumbersOf(data, static_cast<int>(c));
    const auto given = ranges.find(column.name);
    const Range range = given == ranges.end() ? Range() : given->second;
    const double code = settings.at("codes").get<bool>() ? MissingCode(values) : 0;
    CellChanges changes("impossible_values", column.name);
    for (size_t i = 0; i < values.size(); ++i) {
      const double x = values[i];
      if (std::isnan(x)) continue;
      if (std::isinf(x)) {
        changes.Add(data.rows[i], NumberText(x), std::nullopt, "infinity is no value");
      } else if (x < range.low || x > range.high) {
        changes.Add(
            data.rows[i], NumberText(x), std::nullopt,
            "outside " + FormatNumber(range.low, 10) + " to " + FormatNumber(range.high, 10));
      } else if (code != 0 && x == code) {
        changes.Add(data.rows[i], NumberText(x), std::nullopt,
                    "looks like a code for missing: all other values are 0 or more");
      }
    }
    changes.Finish(plan);
  }
}

}  // namespace

const RepairKind kImpossibleValues = {ImpossibleValuesSpec, Plan};

}  // namespace bottega

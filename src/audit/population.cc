#include "audit/population.h"

#include <arrow/chunked_array.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <optional>

#include "base/text.h"
#include "data/arrow_support.h"
#include "data/assemble.h"
#include "data/infer/names.h"
#include "data/io/source_bytes.h"
#include "data/row_condition.h"
#include "data/values.h"

namespace bottega {
namespace {

using Cells = std::vector<std::optional<std::string>>;

struct Reference {
  std::string file;
  std::vector<std::string> names;
  std::vector<Cells> columns;
  size_t rows = 0;
};

Error Unusable(const Reference& reference, const std::string& what,
               const std::string& column = "") {
  return Error(
      ErrorKind::kData, what, {.file = reference.file, .column = column},
      "write columns of the data and one called share or count, as in: sex,share / F,0.51 / "
      "M,0.49");
}

Reference ReadReference(const std::filesystem::path& file) {
  RequireExists(file);
  const RawTable raw = ReadRaw(file, Json::object());
  Reference out{.file = file.string(), .names = raw.names, .rows = raw.rows.size()};
  for (const auto& column : raw.columns) {
    const std::shared_ptr<arrow::Array> array = OneChunk(column);
    Cells cells(out.rows);
    for (size_t i = 0; i < out.rows; ++i) cells[i] = TextOfCell(*array, static_cast<int64_t>(i));
    out.columns.push_back(std::move(cells));
  }
  return out;
}

int Named(const std::vector<std::string>& names, const std::string& wanted) {
  for (size_t i = 0; i < names.size(); ++i) {
    if (LowerAscii(Trim(names[i])) == LowerAscii(Trim(wanted))) return static_cast<int>(i);
  }
  return -1;
}

int SharesColumn(const Reference& reference) {
  for (const char* name : {"share", "count", "population", "n", "percent", "percentage", "weight",
                           "proportion", "fraction", "people", "total", "number"}) {
    if (const int at = Named(reference.names, name); at >= 0) return at;
  }
  return -1;
}

std::vector<double> SharesOf(const Reference& reference) {
  const int column = SharesColumn(reference);
  if (column < 0) throw Unusable(reference, "no column is called share or count");
  std::vector<double> shares;
  for (size_t i = 0; i < reference.rows; ++i) {
    std::string text = reference.columns[static_cast<size_t>(column)][i].value_or("");
    std::erase_if(text, [](char c) { return c == '%' || c == ' ' || c == ','; });
    const auto number = ParseNumber(text);
    if (!number || !(*number >= 0) || !std::isfinite(*number)) {
      throw Unusable(reference, "row " + std::to_string(i) + " has no share of 0 or more",
                     reference.names[static_cast<size_t>(column)]);
    }
    shares.push_back(*number);
  }
  return shares;
}

// A group of numbers, both ends included or not.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool open_low = false, open_high = false;

  bool Holds(double value) const {
    return (open_low ? value > low : value >= low) && (open_high ? value < high : value <= high);
  }
};

std::optional<Range> ParseRange(const std::string& text) {
  const std::string t = LowerAscii(Trim(text));
  const auto number = [](std::string_view part) { return ParseNumber(Trim(part)); };
  if (const auto value = number(t)) return Range{*value, *value};
  for (const auto& [sign, low, open] :
       {std::tuple{"<=", false, false}, std::tuple{">=", true, false}, std::tuple{"<", false, true},
        std::tuple{">", true, true}, std::tuple{"under ", false, true},
        std::tuple{"over ", true, true}, std::tuple{"up to ", false, false}}) {
    if (!t.starts_with(sign)) continue;
    const auto value = number(std::string_view(t).substr(std::string_view(sign).size()));
    if (!value) return std::nullopt;
    Range range;
    (low ? range.low : range.high) = *value;
    (low ? range.open_low : range.open_high) = open;
    return range;
  }
  for (const std::string_view ending : {"+", " and over", " and older", " or more", " and above"}) {
    if (!t.ends_with(ending)) continue;
    if (const auto value = number(std::string_view(t).substr(0, t.size() - ending.size()))) {
      return Range{.low = *value};
    }
  }
  for (const std::string_view between : {" to ", "\u2013", "-", ".."}) {
    const size_t at = t.find(between, 1);
    if (at == std::string::npos) continue;
    const auto low = number(std::string_view(t).substr(0, at));
    const auto high = number(std::string_view(t).substr(at + between.size()));
    if (low && high && *low <= *high) return Range{*low, *high};
  }
  return std::nullopt;
}

std::string RangeCondition(const std::string& name, const Range& range) {
  std::string out = ConditionName(name);
  if (range.low == range.high) return out + " = " + NumberText(range.low);
  if (std::isfinite(range.low)) {
    out = NumberText(range.low) + (range.open_low ? " < " : " <= ") + out;
  }
  if (std::isfinite(range.high)) {
    out += (range.open_high ? " < " : " <= ") + NumberText(range.high);
  }
  return out;
}

// The groups of one column of the data by the reference's names, in order of appearance.
struct Groups {
  int column = -1;
  std::vector<std::string> names, conditions;
  std::vector<int32_t> code;  // per row of the data
};

void CodeTexts(const Dataset& data, Groups* groups) {
  const Codes codes = CodesOf(data, groups->column);
  std::vector<int32_t> at;
  for (const std::string& value : codes.values) {
    const int found = Named(groups->names, value);
    at.push_back(found >= 0 ? found : -2);
  }
  for (const int32_t code : codes.code) {
    groups->code.push_back(code < 0 ? -1 : at[static_cast<size_t>(code)]);
  }
  const std::string name = ConditionName(data.columns[static_cast<size_t>(groups->column)].name);
  for (size_t g = 0; g < groups->names.size(); ++g) {
    // The data's own spelling, where it occurs.
    const auto same = std::ranges::find(at, static_cast<int32_t>(g));
    groups->conditions.push_back(
        name + " = " +
        ConditionText(same == at.end() ? groups->names[g]
                                       : codes.values[static_cast<size_t>(same - at.begin())]));
  }
}

void CodeNumbers(const Dataset& data, const std::string& file, Groups* groups) {
  const std::string& name = data.columns[static_cast<size_t>(groups->column)].name;
  std::vector<Range> ranges;
  for (const std::string& text : groups->names) {
    const std::optional<Range> range = ParseRange(text);
    if (!range) {
      throw Error(ErrorKind::kData, "'" + Shorten(text, 40) + "' is no range of numbers",
                  {.file = file, .column = name}, "write 18-24, <18, 65+ or a number");
    }
    ranges.push_back(*range);
    groups->conditions.push_back(RangeCondition(name, *range));
  }
  for (const double value : NumbersOf(data, groups->column)) {
    const auto in = [&](const Range& range) {
      // "18-24" and "25-34" leave no gap between whole ages.
      const bool whole = range.low == std::floor(range.low) && range.high == std::floor(range.high);
      return range.Holds(value) || (whole && !range.open_high && range.low < range.high &&
                                    range.Holds(std::floor(value)));
    };
    const auto at = std::ranges::find_if(ranges, in);
    groups->code.push_back(std::isnan(value)    ? -1
                           : at == ranges.end() ? -2
                                                : static_cast<int32_t>(at - ranges.begin()));
  }
}

Groups MakeGroups(const Dataset& data, int column, const Reference& reference, const Cells& cells) {
  Groups groups{.column = column};
  for (const auto& cell : cells) {
    if (cell && Named(groups.names, *cell) < 0) groups.names.emplace_back(Trim(*cell));
  }
  const FeatureType type = data.columns[static_cast<size_t>(column)].type;
  if (type == FeatureType::kNumber) {
    CodeNumbers(data, reference.file, &groups);
  } else {
    CodeTexts(data, &groups);
  }
  return groups;
}

void Normalize(PopulationMargin* margin) {
  const double sum = std::accumulate(margin->shares.begin(), margin->shares.end(), 0.0);
  for (double& share : margin->shares) share = sum > 0 ? share / sum : 0;
}

PopulationMargin MarginOf(const Groups& groups, const Cells& cells,
                          const std::vector<double>& shares) {
  PopulationMargin margin{{groups.column},
                          groups.names,
                          groups.conditions,
                          std::vector<double>(groups.names.size()),
                          groups.code};
  for (size_t i = 0; i < cells.size(); ++i) {
    if (cells[i]) margin.shares[static_cast<size_t>(Named(groups.names, *cells[i]))] += shares[i];
  }
  Normalize(&margin);
  return margin;
}

// All columns together: one group for each combination that the reference has.
PopulationMargin JointOf(const std::vector<Groups>& groups, const std::vector<const Cells*>& cells,
                         const std::vector<double>& shares) {
  PopulationMargin margin;
  std::map<std::vector<int32_t>, int32_t> seen;
  for (size_t i = 0; i < shares.size(); ++i) {
    std::vector<int32_t> key;
    for (size_t c = 0; c < groups.size(); ++c) {
      const auto& cell = (*cells[c])[i];
      key.push_back(cell ? Named(groups[c].names, *cell) : -1);
    }
    if (std::ranges::count(key, -1) > 0) continue;
    const auto [at, added] = seen.emplace(key, static_cast<int32_t>(margin.names.size()));
    if (added) {
      std::vector<std::string> names, conditions;
      for (size_t c = 0; c < key.size(); ++c) {
        names.push_back(groups[c].names[static_cast<size_t>(key[c])]);
        conditions.push_back(groups[c].conditions[static_cast<size_t>(key[c])]);
      }
      margin.names.push_back(Join(names, " and "));
      margin.conditions.push_back(Join(conditions, " and "));
      margin.shares.push_back(0);
    }
    margin.shares[static_cast<size_t>(at->second)] += shares[i];
  }
  for (const Groups& one : groups) margin.columns.push_back(one.column);
  std::vector<int32_t> key(groups.size());
  for (size_t i = 0; i < groups[0].code.size(); ++i) {
    bool missing = false;
    for (size_t c = 0; c < groups.size(); ++c) {
      key[c] = groups[c].code[i];
      missing |= key[c] == -1;
    }
    const auto at = seen.find(key);
    margin.code.push_back(missing ? -1 : (at == seen.end() ? -2 : at->second));
  }
  Normalize(&margin);
  return margin;
}

int DataColumn(const Dataset& data, const std::string& name) {
  std::vector<std::string> names;
  for (const Column& column : data.columns) names.push_back(column.name);
  return Named(names, name);
}

// A row a group of a column: column, value, share.
std::vector<PopulationMargin> LongMargins(const Reference& reference, const Dataset& data,
                                          const std::vector<double>& shares) {
  const Cells& columns = reference.columns[static_cast<size_t>(Named(reference.names, "column"))];
  const Cells& values = reference.columns[static_cast<size_t>(Named(reference.names, "value"))];
  std::vector<std::string> order;
  for (const auto& name : columns) {
    if (name && Named(order, *name) < 0) order.emplace_back(Trim(*name));
  }
  std::vector<PopulationMargin> out;
  for (const std::string& name : order) {
    const int column = DataColumn(data, name);
    if (column < 0) continue;
    Cells own(values.size());
    for (size_t i = 0; i < values.size(); ++i) {
      if (columns[i] && LowerAscii(Trim(*columns[i])) == LowerAscii(name)) own[i] = values[i];
    }
    out.push_back(MarginOf(MakeGroups(data, column, reference, own), own, shares));
  }
  return out;
}

}  // namespace

std::vector<PopulationMargin> ReadPopulation(const std::filesystem::path& file,
                                             const Dataset& data) {
  const Reference reference = ReadReference(file);
  const std::vector<double> shares = SharesOf(reference);
  std::vector<PopulationMargin> out;
  if (Named(reference.names, "column") >= 0 && Named(reference.names, "value") >= 0) {
    out = LongMargins(reference, data, shares);
  } else {
    std::vector<Groups> groups;
    std::vector<const Cells*> cells;
    for (size_t c = 0; c < reference.names.size(); ++c) {
      const int column = DataColumn(data, reference.names[c]);
      if (column < 0 || static_cast<int>(c) == SharesColumn(reference)) continue;
      cells.push_back(&reference.columns[c]);
      groups.push_back(MakeGroups(data, column, reference, *cells.back()));
      out.push_back(MarginOf(groups.back(), *cells.back(), shares));
    }
    if (groups.size() > 1) out.push_back(JointOf(groups, cells, shares));
  }
  if (out.empty()) {
    throw Error(ErrorKind::kRecipe, "none of its columns is one of the data",
                {.file = file.string()}, "it has " + Shorten(Join(reference.names, ", "), 200));
  }
  return out;
}

}  // namespace bottega

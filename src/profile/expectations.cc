#include "profile/expectations.h"

#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "base/error.h"
#include "base/text.h"
#include "data/infer/dates.h"
#include "data/values.h"

namespace bottega {
namespace {

Error Wrong(const std::string& path, const std::string& what, const std::string& hint) {
  return Error(ErrorKind::kRecipe, "expect." + path + ": " + what, {}, hint);
}

const char* kExample = "as in {age: {type: number, min: 0, max: 120, missing: 0.02}}";

double NumberAt(const Json& value, const std::string& path) {
  if (value.is_number()) return value.get<double>();
  if (value.is_string()) {
    for (const char* format : {"%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"}) {
      if (const auto date = ParseDate(value.get<std::string>(), format)) {
        return static_cast<double>(*date) / 86'400e6;
      }
    }
  }
  throw Wrong(path, "must be a number or a date, not " + value.dump(), "write 12.5 or 2024-01-31");
}

bool BoolAt(const Json& value, const std::string& path) {
  if (!value.is_boolean()) throw Wrong(path, "must be true or false", kExample);
  return value.get<bool>();
}

std::string TextAt(const Json& value, const std::string& path) {
  if (!value.is_string()) throw Wrong(path, "must be a text, not " + value.dump(), kExample);
  return value.get<std::string>();
}

std::string ScalarText(const Json& value) {
  return value.is_string()   ? value.get<std::string>()
         : value.is_number() ? NumberText(value.get<double>())
                             : value.dump();
}

std::vector<std::string> ValuesAt(const Json& value, const std::string& path) {
  if (!value.is_array()) throw Wrong(path, "must be a list", "as in [red, green]");
  std::vector<std::string> values;
  for (const Json& item : value) values.push_back(ScalarText(item));
  return values;
}

std::string PatternAt(const Json& value, const std::string& path) {
  const std::string pattern = TextAt(value, path);
  re2::RE2::Options options;
  options.set_log_errors(false);
  const re2::RE2 compiled(pattern, options);
  if (!compiled.ok()) {
    throw Wrong(path, "is no regular expression: " + compiled.error(), "as in '[A-Z]{2}[0-9]+'");
  }
  return pattern;
}

std::pair<int64_t, int64_t> LengthAt(const Json& value, const std::string& path) {
  if (!value.is_array() || value.size() != 2 || !value[0].is_number_integer() ||
      !value[1].is_number_integer()) {
    throw Wrong(path, "must be two whole numbers", "as in [2, 40]");
  }
  return {value[0].get<int64_t>(), value[1].get<int64_t>()};
}

using Setter = std::function<void(const Json&, const std::string&, ColumnExpectation*)>;

const std::map<std::string, Setter>& Setters() {
  static const std::map<std::string, Setter> setters = {
      {"type", [](const Json& v, const std::string& p,
                  ColumnExpectation* c) { c->type = ParseFeatureType(TextAt(v, p)); }},
      {"required", [](const Json& v, const std::string& p,
                      ColumnExpectation* c) { c->required = BoolAt(v, p); }},
      {"missing", [](const Json& v, const std::string& p,
                     ColumnExpectation* c) { c->missing = NumberAt(v, p); }},
      {"unique",
       [](const Json& v, const std::string& p, ColumnExpectation* c) { c->unique = BoolAt(v, p); }},
      {"min",
       [](const Json& v, const std::string& p, ColumnExpectation* c) { c->min = NumberAt(v, p); }},
      {"max",
       [](const Json& v, const std::string& p, ColumnExpectation* c) { c->max = NumberAt(v, p); }},
      {"values", [](const Json& v, const std::string& p,
                    ColumnExpectation* c) { c->values = ValuesAt(v, p); }},
      {"pattern", [](const Json& v, const std::string& p,
                     ColumnExpectation* c) { c->pattern = PatternAt(v, p); }},
      {"length", [](const Json& v, const std::string& p,
                    ColumnExpectation* c) { c->length = LengthAt(v, p); }},
  };
  return setters;
}

ColumnExpectation ParseColumn(const std::string& name, const Json& about) {
  ColumnExpectation column{.name = name};
  if (!about.is_object()) throw Wrong("columns." + name, "must be a mapping", kExample);
  for (const auto& [key, value] : about.items()) {
    const auto setter = Setters().find(key);
    if (setter == Setters().end()) {
      std::vector<std::string> keys;
      for (const auto& [known, ignored] : Setters()) keys.push_back(known);
      const std::vector<std::string> near = NearestNames(key, keys, 1);
      throw Wrong(
          "columns." + name, "there is no key '" + key + "'",
          near.empty() ? "the keys are " + Join(keys, ", ") : "did you mean " + near[0] + "?");
    }
    setter->second(value, "columns." + name + "." + key, &column);
  }
  return column;
}

std::string QuoteYaml(const std::string& text) { return "'" + Replace(text, "'", "''") + "'"; }

std::string BoundYaml(double bound, const ColumnExpectation& column) {
  return column.type == FeatureType::kDate ? DayText(std::floor(bound)) : NumberText(bound);
}

std::string ColumnYaml(const ColumnExpectation& column) {
  std::vector<std::string> parts;
  if (column.type) parts.push_back("type: " + std::string(FeatureTypeName(*column.type)));
  if (!column.required) parts.push_back("required: false");
  if (column.missing < 1) parts.push_back("missing: " + FormatNumber(column.missing, 3));
  if (column.unique) parts.push_back("unique: true");
  if (column.min) parts.push_back("min: " + BoundYaml(*column.min, column));
  if (column.max) parts.push_back("max: " + BoundYaml(*column.max, column));
  if (!column.pattern.empty()) parts.push_back("pattern: " + QuoteYaml(column.pattern));
  if (column.length) {
    parts.push_back("length: [" + std::to_string(column.length->first) + ", " +
                    std::to_string(column.length->second) + "]");
  }
  if (!column.values.empty()) {
    std::vector<std::string> values;
    for (const std::string& value : column.values) values.push_back(QuoteYaml(value));
    parts.push_back("values: [" + Join(values, ", ") + "]");
  }
  return "{" + Join(parts, ", ") + "}";
}

}  // namespace

Expectations ParseExpectations(const Json& section) {
  Expectations expectations;
  for (const auto& [key, value] : section.at("rows").items()) {
    if ((key != "min" && key != "max") || !value.is_number()) {
      throw Wrong("rows", "takes min and max, whole numbers", "as in {min: 100, max: 5000}");
    }
    (key == "min" ? expectations.least_rows : expectations.most_rows) = value.get<int64_t>();
  }
  expectations.extra_columns = section.at("extra_columns") == "allow";
  for (const auto& [name, about] : section.at("columns").items()) {
    expectations.columns.push_back(ParseColumn(name, about));
  }
  return expectations;
}

std::string ExpectationsYaml(const Expectations& expectations, const std::string& source) {
  std::string yaml =
      "# What was seen in " + source +
      ", with room. Correct it: only you know what must hold.\n"
      "# bottega schema check OTHER.csv --schema THIS.yaml ends with 3 where it does "
      "not.\nexpect:\n  rows: {min: " +
      std::to_string(expectations.least_rows);
  if (expectations.most_rows < std::numeric_limits<int64_t>::max()) {
    yaml += ", max: " + std::to_string(expectations.most_rows);
  }
  yaml += "}\n  extra_columns: ";
  yaml += expectations.extra_columns ? "allow" : "refuse";
  yaml += "\n  columns:\n";
  for (const ColumnExpectation& column : expectations.columns) {
    yaml += "    " + QuoteYaml(column.name) + ": " + ColumnYaml(column) + "\n";
  }
  return yaml;
}

Json DeclaredTypes(const Expectations& expectations, const std::vector<std::string>& names) {
  Json types = Json::object();
  for (const ColumnExpectation& column : expectations.columns) {
    if (column.type && std::ranges::find(names, column.name) != names.end()) {
      types[column.name] = FeatureTypeName(*column.type);
    }
  }
  return types;
}

}  // namespace bottega

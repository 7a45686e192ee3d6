#include "learn/search/space.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"

namespace bottega {

namespace {

constexpr double kExactIntegers = 9007199254740992.0;  // 2^53

[[noreturn]] void Refuse(const std::string& path, const std::string& why) {
  throw Error(ErrorKind::kRecipe, "tune.space: '" + path + "': " + why, {},
              "write " + path + ": [0.1, 0.2] for choices, or " + path +
                  ": {low: 1e-4, high: 0.1, log: true} for a range");
}

double NumberOf(const Json& range, const char* key, const std::string& path) {
  if (!range.contains(key)) Refuse(path, std::string("a range needs '") + key + "'");
  if (!range[key].is_number()) Refuse(path, std::string("'") + key + "' is no number");
  return range[key].get<double>();
}

bool FlagOf(const Json& range, const char* key, const std::string& path) {
  if (!range.contains(key)) return false;
  if (!range[key].is_boolean()) Refuse(path, std::string("'") + key + "' is true or false");
  return range[key].get<bool>();
}

Dimension RangeOf(const std::string& path, const Json& range) {
  for (const auto& [key, value] : range.items()) {
    static const std::vector<std::string> known = {"low", "high", "log", "integer", "points"};
    if (std::ranges::find(known, key) == known.end()) {
      Refuse(path, "'" + key + "' is not one of low, high, log, integer, points");
    }
  }
  Dimension dimension{.path = path};
  dimension.low = NumberOf(range, "low", path);
  dimension.high = NumberOf(range, "high", path);
  dimension.log = FlagOf(range, "log", path);
  dimension.integer = FlagOf(range, "integer", path);
  if (range.contains("points")) {
    if (!range["points"].is_number_integer() || range["points"].get<int64_t>() < 1) {
      Refuse(path, "'points' is a whole number from 1");
    }
    dimension.points = range["points"].get<int64_t>();
  }
  if (!(dimension.low < dimension.high)) Refuse(path, "low is not below high");
  if (dimension.log && dimension.low <= 0) Refuse(path, "a logarithmic range begins above 0");
  const double largest = std::max(std::abs(dimension.low), std::abs(dimension.high));
  if (dimension.integer && largest > kExactIntegers)
    Refuse(path, "the whole numbers are too large");
  return dimension;
}

}  // namespace

size_t Dimension::Choice(double u) const {
  const auto n = static_cast<double>(choices.size());
  return std::min(choices.size() - 1, static_cast<size_t>(std::max(0.0, u) * n));
}

Json Dimension::Value(double u) const {
  if (categorical()) return choices[Choice(u)];
  u = std::clamp(u, 0.0, 1.0);
  if (integer) {
    // Each whole number has the share of the range within half a unit of it.
    const double from = low - 0.5, to = high + 0.5;
    const double x = log && from > 0 ? std::exp(std::log(from) + u * std::log(to / from))
                                     : from + u * (to - from);
    return static_cast<int64_t>(std::clamp(std::round(x), std::ceil(low), std::floor(high)));
  }
  return log ? std::exp(std::log(low) + u * std::log(high / low)) : low + u * (high - low);
}

std::vector<Json> Dimension::GridValues() const {
  if (categorical()) return choices;
  std::vector<Json> values;
  for (int64_t i = 0; i < points; ++i) {
    const double u = points == 1 ? 0.5 : static_cast<double>(i) / static_cast<double>(points - 1);
    const double x =
        log ? std::exp(std::log(low) + u * std::log(high / low)) : low + u * (high - low);
    const Json value = integer ? Json(static_cast<int64_t>(std::llround(x))) : Json(x);
    if (values.empty() || values.back() != value) values.push_back(value);
  }
  return values;
}

SearchSpace SearchSpace::FromJson(const Json& space) {
  SearchSpace result;
  for (const auto& [path, entry] : space.items()) {
    if (entry.is_array()) {
      if (entry.empty()) Refuse(path, "the list of choices is empty");
      result.dimensions_.push_back({.path = path, .choices = entry.get<std::vector<Json>>()});
    } else if (entry.is_object()) {
      result.dimensions_.push_back(RangeOf(path, entry));
    } else {
      Refuse(path, "neither a list of choices nor a range");
    }
  }
  return result;
}

Json SearchSpace::Settings(const UnitPoint& point) const {
  Json settings = Json::object();
  for (size_t d = 0; d < size(); ++d)
    settings[dimensions_[d].path] = dimensions_[d].Value(point[d]);
  return settings;
}

int64_t SearchSpace::GridSize() const {
  int64_t size = 1;
  for (const Dimension& dimension : dimensions_) {
    const auto values = static_cast<int64_t>(dimension.GridValues().size());
    if (size > (int64_t{1} << 40) / values) return int64_t{1} << 40;
    size *= values;
  }
  return size;
}

UnitPoint SearchSpace::GridPoint(int64_t number) const {
  UnitPoint point(size());
  for (size_t d = size(); d-- > 0;) {
    const auto values = static_cast<int64_t>(dimensions_[d].GridValues().size());
    point[d] = (static_cast<double>(number % values) + 0.5) / static_cast<double>(values);
    number /= values;
  }
  return point;
}

Json SearchSpace::GridSettings(int64_t number) const {
  Json settings = Json::object();
  const UnitPoint point = GridPoint(number);
  for (size_t d = 0; d < size(); ++d) {
    const std::vector<Json> values = dimensions_[d].GridValues();
    const auto at = static_cast<size_t>(point[d] * static_cast<double>(values.size()));
    settings[dimensions_[d].path] = values[std::min(at, values.size() - 1)];
  }
  return settings;
}

}  // namespace bottega

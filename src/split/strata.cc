#include "split/strata.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace bottega {

namespace {

// Bins at quantiles of the finite values; equal values share a bin.
Strata BinsOf(const std::vector<double>& values, int bins) {
  std::vector<double> sorted;
  for (double value : values) {
    if (std::isfinite(value)) sorted.push_back(value);
  }
  std::ranges::sort(sorted);
  std::vector<double> edges;  // first value of each bin but the lowest
  for (int k = 1; k < bins && !sorted.empty(); ++k) {
    const double edge = sorted[sorted.size() * static_cast<size_t>(k) / static_cast<size_t>(bins)];
    if (edge > sorted.front() && (edges.empty() || edge > edges.back())) edges.push_back(edge);
  }
  Strata strata{.count = static_cast<int32_t>(edges.size()) + 1};
  for (double value : values) {
    const auto bin = std::upper_bound(edges.begin(), edges.end(), value) - edges.begin();
    strata.of.push_back(std::isfinite(value) ? static_cast<int32_t>(bin) : -1);
  }
  return strata;
}

int8_t PartOfName(const std::string& name) {
  const std::string lower = LowerAscii(Trim(name));
  const auto is = [&](std::initializer_list<const char*> names) {
    return std::ranges::find(names, lower) != names.end();
  };
  if (is({"train", "training", "trn", "tr"})) return static_cast<int8_t>(Part::kTrain);
  if (is({"validation", "validate", "valid", "val", "dev", "development"})) {
    return static_cast<int8_t>(Part::kValidation);
  }
  if (is({"test", "testing", "tst", "te", "eval", "evaluation", "holdout"})) {
    return static_cast<int8_t>(Part::kTest);
  }
  return -1;
}

}  // namespace

Strata StrataOf(const Dataset& data, int bins) {
  const Column* target = data.TargetColumn();
  if (target == nullptr) return {.of = std::vector<int32_t>(static_cast<size_t>(data.size()))};
  const int index = data.Find(target->name);
  if (target->type == FeatureType::kNumber || target->type == FeatureType::kDate) {
    return BinsOf(NumbersOf(data, index), bins);
  }
  Codes codes = CodesOf(data, index);
  const auto count = static_cast<int32_t>(codes.values.size());
  return {.of = std::move(codes.code), .names = std::move(codes.values), .count = count};
}

int ColumnFor(const Dataset& data, const Json& section, const std::string& key, Role role) {
  if (section.at(key).is_null()) return data.RoleIndex(role);
  const std::string name = section.at(key);
  const int index = data.Find(name);
  if (index >= 0) return index;
  std::vector<std::string> names;
  for (const Column& column : data.columns) names.push_back(column.name);
  const std::vector<std::string> near = NearestNames(name, names);
  throw Error(ErrorKind::kRecipe,
              "split." + key + " names the column '" + name + "', which does not exist", {},
              near.empty() ? "the columns are " + Join(names, ", ")
                           : "did you mean " + Join(near, " or ") + "?");
}

std::vector<int8_t> GivenParts(const Dataset& data) {
  const int index = data.RoleIndex(Role::kPart);
  if (index < 0) return {};
  const Codes codes = CodesOf(data, index);
  std::vector<int8_t> parts;
  for (int32_t code : codes.code) {
    parts.push_back(code < 0 ? -1 : PartOfName(codes.values[static_cast<size_t>(code)]));
  }
  return parts;
}

}  // namespace bottega

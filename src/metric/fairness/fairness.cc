#include "metric/fairness/fairness.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "metric/bootstrap.h"
#include "metric/cross_validation.h"
#include "metric/fairness/group_scores.h"
#include "metric/number_json.h"

namespace bottega {

namespace {

// The groups of one column among the rows that are counted.
struct Groups {
  std::vector<std::string> names;
  std::vector<int64_t> rows;
  std::vector<int32_t> code;  // per counted row
  std::vector<bool> large;    // enough rows for the gaps
};

Groups GroupsOf(const Tallier& tallier, const std::vector<std::string>& values, int64_t min_rows) {
  Groups groups;
  std::map<std::string, int32_t> index;
  for (const int64_t at : tallier.positions()) index[values[static_cast<size_t>(at)]] = 0;
  for (auto& [name, code] : index) {
    code = static_cast<int32_t>(groups.names.size());
    groups.names.push_back(name.empty() ? "(missing)" : name);
  }
  groups.rows.assign(groups.names.size(), 0);
  for (const int64_t at : tallier.positions()) {
    groups.code.push_back(index[values[static_cast<size_t>(at)]]);
    ++groups.rows[static_cast<size_t>(groups.code.back())];
  }
  for (const int64_t rows : groups.rows) groups.large.push_back(rows >= min_rows);
  return groups;
}

// All scores group by group, then the gaps over the large groups.
std::vector<double> NumbersOf(const std::vector<Tally>& tallies, const Groups& groups,
                              const std::vector<GroupScore>& scores,
                              const std::vector<GroupGap>& gaps) {
  std::vector<double> numbers;
  std::vector<Tally> large;
  for (size_t g = 0; g < tallies.size(); ++g) {
    for (const GroupScore& score : scores) numbers.push_back(score.value(tallies[g]));
    if (groups.large[g]) large.push_back(tallies[g]);
  }
  for (const GroupGap& gap : gaps) {
    numbers.push_back(large.size() >= 2 ? gap.value(large) : std::nan(""));
  }
  return numbers;
}

// A largest difference is biased upwards in resamples: the interval is stretched to hold the value.
Interval Around(double value, const Interval& interval) {
  if (std::isnan(interval.low)) return interval;
  return {std::fmin(interval.low, value), std::fmax(interval.high, value)};
}

Json Warnings(const Groups& groups, int64_t min_rows) {
  std::vector<std::string> small;
  for (size_t g = 0; g < groups.names.size(); ++g) {
    if (!groups.large[g]) small.push_back(groups.names[g]);
  }
  Json warnings = Json::array();
  if (!small.empty()) {
    warnings.push_back("fewer than " + FormatCount(min_rows) +
                       " rows, left out of the gaps: " + Join(small, ", "));
  }
  if (groups.names.size() - small.size() < 2) {
    warnings.push_back("fewer than two groups are large enough: there are no gaps");
  }
  return warnings;
}

Json EvaluateColumn(const Tallier& tallier, const Predictions& p,
                    const std::vector<std::string>& values, const Json& section) {
  const int64_t min_rows = section.at("min_rows");
  const Groups groups = GroupsOf(tallier, values, min_rows);
  const auto& scores = GroupScoresFor(p);
  const auto& gaps = GroupGapsFor(p);
  const int count = static_cast<int>(groups.names.size());
  const auto numbers_of = [&](const std::vector<Tally>& tallies) {
    return NumbersOf(tallies, groups, scores, gaps);
  };
  const auto numbers = numbers_of(tallier.OfGroups(tallier.weights(), groups.code, count));
  const std::vector<Interval> intervals = BootstrapGroups(
      tallier, groups.code, count, numbers.size(),
      [&](const std::vector<Tally>& t, std::vector<double>* out) { *out = numbers_of(t); },
      {.resamples = section.at("resamples"),
       .level = section.at("level"),
       .seed = section.at("seed")});
  Json column = {{"groups", Json::object()}, {"gaps", Json::object()}};
  size_t at = 0;
  for (size_t g = 0; g < groups.names.size(); ++g) {
    Json& group = column["groups"][groups.names[g]];
    group["rows"] = groups.rows[g];
    for (const GroupScore& score : scores) {
      group[score.name] = ValueJson(numbers[at], intervals[at]);
      ++at;
    }
  }
  for (const GroupGap& gap : gaps) {
    column["gaps"][gap.name] = ValueJson(numbers[at], Around(numbers[at], intervals[at]));
    ++at;
  }
  column["warnings"] = Warnings(groups, min_rows);
  return column;
}

// The worst of each gap over the columns, into `to`.
void AddWorst(const Json& columns, const std::vector<GroupGap>& gaps, Json* to) {
  for (const GroupGap& gap : gaps) {
    Json worst;
    for (const auto& [name, column] : columns.items()) {
      const Json& one = column.at("gaps").at(gap.name);
      if (one.at("value").is_null()) continue;
      const double value = one.at("value");
      const bool first = worst.is_null();
      if (first ||
          (gap.worst_is_smallest ? value < worst.at("value") : value > worst.at("value"))) {
        worst = one;
        worst["column"] = name;
      }
    }
    (*to)[gap.name] = worst.is_null() ? Json{{"value", nullptr}} : worst;
  }
}

}  // namespace

Json EvaluateFairness(const Predictions& predictions, const Json& section) {
  Json result = {{"format", 1}, {"part", "validation"}, {"columns", Json::array()}};
  for (const auto& [name, values] : predictions.group) result["columns"].push_back(name);
  if (predictions.group.empty()) return result;
  for (const char* part : {"validation", "test", kOutOfFold}) {
    const Predictions p = OfPart(predictions, part);
    if (p.size() == 0) continue;
    const Tallier tallier(p, {.ranks = false});
    Json columns = Json::object();
    for (const auto& [name, values] : p.group) {
      columns[name] = EvaluateColumn(tallier, p, values, section);
    }
    if (std::string_view(part) == "validation") AddWorst(columns, GroupGapsFor(p), &result);
    result[part] = columns;
  }
  return result;
}

}  // namespace bottega

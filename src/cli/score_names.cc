#include "cli/score_names.h"

#include <algorithm>

#include "base/text.h"
#include "cli/catalog.h"
#include "cli/recipe.h"
#include "metric/cross_validation.h"
#include "metric/fairness/group_scores.h"
#include "metric/metrics.h"

namespace bottega {

Place PlaceOf(const std::string& origin) {
  const std::vector<std::string> parts = Split(origin, ':');
  if (parts.size() < 3 || !ParseInteger(parts.back()) || !ParseInteger(parts[parts.size() - 2])) {
    return {.file = origin};
  }
  const size_t end = origin.size() - parts.back().size() - parts[parts.size() - 2].size() - 2;
  return {.file = origin.substr(0, end),
          .line = *ParseInteger(parts[parts.size() - 2]),
          .column = parts.back()};
}

Place PlaceIn(const std::map<std::string, std::string>& origin, const std::string& path) {
  const auto found = origin.find(path);
  return found == origin.end() ? Place{.file = kRecipeName} : PlaceOf(found->second);
}

std::string UnknownName(const std::string& what, const std::string& name,
                        const std::vector<std::string>& known) {
  const std::vector<std::string> near = NearestNames(name, known);
  return "there is no " + what + " '" + name + "'; " +
         (near.empty() ? "known are " + Join(known, ", ")
                       : "did you mean " + Join(near, " or ") + "?");
}

namespace {

using Names = std::vector<std::string>;

Names AllMetrics() { return FullCatalog().Names("metric"); }

// Names of the gaps of two classes, of more, and of numbers.
Names AllGaps() {
  Predictions binary{.classes = {"a", "b"}};
  binary.positive = 1;
  Predictions many{.classes = {"a", "b", "c"}};
  Predictions number;
  number.task = Task::kRegression;
  Names names;
  for (const Predictions* kind : {&binary, &many, &number}) {
    for (const GroupGap& gap : GroupGapsFor(*kind)) {
      if (std::ranges::count(names, gap.name) == 0) names.push_back(gap.name);
    }
  }
  return names;
}

}  // namespace

std::optional<ClassPath> ParseClassPath(const std::string& name) {
  constexpr std::string_view kPrefix = "per_class.";
  const size_t dot = name.rfind('.');
  if (!name.starts_with(kPrefix) || dot <= kPrefix.size()) return std::nullopt;
  return ClassPath{name.substr(kPrefix.size(), dot - kPrefix.size()), name.substr(dot + 1)};
}

std::string WrongScore(const std::string& name, const std::vector<std::string>& others) {
  if (FindMetric(name) != nullptr || std::ranges::count(others, name) > 0) return "";
  const Names of_class = {"precision", "recall", "f1", "weight"};
  if (const auto path = ParseClassPath(name)) {
    if (std::ranges::count(of_class, path->score) > 0) return "";
    return UnknownName("score of a class", path->score, of_class);
  }
  Names known = AllMetrics();
  known.insert(known.end(), others.begin(), others.end());
  return UnknownName("metric", name, known);
}

bool IsPart(const std::string& name) {
  return name == "train" || name == "validation" || name == "test" || name == kOutOfFold ||
         name == "cv";
}

std::string WrongPath(const std::string& path) {
  const size_t dot = path.find('.');
  const std::string first = path.substr(0, dot);
  const std::string rest = dot == std::string::npos ? "" : path.substr(dot + 1);
  if (IsPart(first)) {
    constexpr std::string_view kBaseline = "baseline.";
    if (rest.starts_with(kBaseline)) return WrongScore(rest.substr(kBaseline.size()), {});
    return WrongScore(rest, {"rows", "weight"});
  }
  if (first == "audit") {
    const Names checks = FullCatalog().Names("check");
    return std::ranges::count(checks, rest) > 0 ? "" : UnknownName("check", rest, checks);
  }
  if (first == "fairness") {
    if (IsPart(rest.substr(0, rest.find('.')))) return "";  // down to a column of the data
    const Names gaps = AllGaps();
    return std::ranges::count(gaps, rest) > 0 ? "" : UnknownName("gap", rest, gaps);
  }
  return "a condition's path begins with train, validation, test, out_of_fold, cv, fairness or "
         "audit, not '" +
         first + "'";
}

std::string GateText(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace bottega

#include "clean/unseen.h"

#include <algorithm>
#include <set>
#include <utility>

#include "clean/steps/rare_values.h"

namespace bottega {

namespace {

UnseenValues UnseenIn(const Dataset& data, int column, const std::set<std::string>& kept,
                      const RareValues& rare) {
  const Codes codes = CodesOf(data, column);
  std::vector<int64_t> rows(codes.values.size());
  for (const int32_t code : codes.code) {
    if (code >= 0) ++rows[static_cast<size_t>(code)];
  }
  std::vector<std::pair<int64_t, std::string>> unseen;
  UnseenValues found{.column = data.columns[static_cast<size_t>(column)].name};
  for (size_t k = 0; k < rows.size(); ++k) {
    if (rows[k] == 0 || kept.contains(codes.values[k]) || rare.Contains(codes.values[k])) continue;
    unseen.emplace_back(-rows[k], codes.values[k]);
    found.rows += rows[k];
  }
  std::ranges::sort(unseen);
  for (auto& [count, value] : unseen) found.values.push_back(std::move(value));
  return found;
}

}  // namespace

std::vector<UnseenValues> FindUnseen(const FittedPlan& plan, const Dataset& data) {
  std::vector<UnseenValues> all;
  for (const Json& step : plan.steps) {
    if (step.at("step") != "encode") continue;
    for (const Json& item : StateList(step.at("state"), "columns")) {
      const int column = data.Find(StateText(item, "column"));
      if (column < 0 || !item.contains("rare_sha256")) continue;
      const std::vector<std::string> kept = StateTexts(item, "values");
      UnseenValues found = UnseenIn(data, column, {kept.begin(), kept.end()}, RareValues(item));
      if (found.rows > 0) all.push_back(std::move(found));
    }
  }
  return all;
}

}  // namespace bottega

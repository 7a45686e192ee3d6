#include "clean/steps/categories.h"

#include <algorithm>

#include "base/text.h"

namespace bottega {

CategoryCounts CountCategories(const TextSeries& series, int64_t rows) {
  std::unordered_map<std::string_view, int64_t> counts;
  CategoryCounts result{.rows = rows};
  for (int64_t i = 0; i < rows; ++i) {
    if (const auto cell = series.At(i)) {
      ++counts[*cell];
    } else {
      ++result.missing;
    }
  }
  result.values.insert(counts.begin(), counts.end());
  return result;
}

std::vector<std::string> KeptCategories(const CategoryCounts& counts, int64_t min_rows,
                                        size_t max_values) {
  std::vector<std::pair<int64_t, std::string_view>> frequent;
  for (const auto& [value, count] : counts.values) {
    if (count >= min_rows) frequent.emplace_back(-count, value);
  }
  std::ranges::sort(frequent);
  if (frequent.size() > max_values) frequent.resize(max_values);
  std::vector<std::string> kept;
  for (const auto& [count, value] : frequent) kept.emplace_back(value);
  std::ranges::sort(kept);
  return kept;
}

std::string WhyNoCategories(const CategoryCounts& counts, double max_distinct) {
  const int64_t present = counts.rows - counts.missing;
  const auto distinct = static_cast<int64_t>(counts.values.size());
  if (present == 0) return "the training rows hold no value";
  if (distinct == 1 && counts.missing == 0) return "the training rows hold one value only";
  if (distinct > 20 &&
      static_cast<double>(distinct) > max_distinct * static_cast<double>(present)) {
    return FormatCount(distinct) + " distinct values in " + FormatCount(present) +
           " training rows: it names rows rather than kinds of rows";
  }
  return "";
}

namespace {

std::string WhyNotCategory(const Frame& frame, const std::string& name) {
  if (frame.FindNumber(name) >= 0) return "it is a number column; encode_numbers and scale take it";
  for (const TextSeries& series : frame.texts) {
    if (series.name == name) return "it holds free text; the step words takes it";
  }
  for (const DateSeries& series : frame.dates) {
    if (series.name == name) return "it is a date column; the step dates takes it";
  }
  for (const CodeSeries& series : frame.codes) {
    if (series.name == name) return "a step before has encoded it";
  }
  return "no column of that name reaches this step";
}

}  // namespace

std::vector<const TextSeries*> CategoriesFor(const Frame& frame, const Json& settings,
                                             const std::string& step,
                                             std::vector<Refusal>* refused) {
  const auto named = settings.at("columns").get<std::vector<std::string>>();
  std::vector<const TextSeries*> chosen;
  std::vector<std::string> found;
  for (const TextSeries& series : frame.texts) {
    const bool wanted = named.empty() || std::ranges::count(named, series.name) > 0;
    if (!wanted || series.type == FeatureType::kText) continue;
    chosen.push_back(&series);
    found.push_back(series.name);
  }
  for (const std::string& name : named) {
    if (std::ranges::count(found, name) > 0) continue;
    refused->push_back({step, name, WhyNotCategory(frame, name)});
  }
  return chosen;
}

Param ColumnsParam() {
  return {.name = "columns",
          .type = ParamType::kTextList,
          .what = "category columns to encode so; none named: all that no step before has taken",
          .fallback = Json::array()};
}

Param MinRowsParam(int64_t fallback) {
  return {.name = "min_rows",
          .type = ParamType::kInt,
          .what = "a value in fewer training rows is rare and does not stand for itself",
          .fallback = fallback,
          .min = 1,
          .larger = "rare kinds are told apart less",
          .smaller = "more is learned from few rows, and plan.json names values of few people"};
}

CategoryIndex::CategoryIndex(std::string column, std::vector<std::string> values)
    : column_(std::move(column)), values_(std::move(values)) {
  for (const std::string& value : values_) {
    index_.emplace(value, static_cast<int64_t>(index_.size()));
  }
  if (index_.size() != values_.size()) {
    throw Error(ErrorKind::kData, "the state of a fitted step is damaged: a value of '" + column_ +
                                      "' stands in it twice");
  }
}

int64_t CategoryIndex::Find(std::string_view value) const {
  const auto found = index_.find(value);
  return found == index_.end() ? -1 : found->second;
}

}  // namespace bottega

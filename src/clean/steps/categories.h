// What the steps that encode categories share.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "clean/step.h"

namespace bottega {

struct CategoryCounts {
  std::map<std::string_view, int64_t> values;  // training rows; views into the series
  int64_t missing = 0;
  int64_t rows = 0;
};
CategoryCounts CountCategories(const TextSeries& series, int64_t rows);

// Values in at least `min_rows` training rows, of them the `max_values` most frequent, in byte
// order.
std::vector<std::string> KeptCategories(const CategoryCounts& counts, int64_t min_rows,
                                        size_t max_values);

// Why a column is not worth encoding: it holds nothing, one value only, or names rows (more
// distinct values than `max_distinct` of its cells); "" when it is.
std::string WhyNoCategories(const CategoryCounts& counts, double max_distinct);

// The category series that a step takes: those named in `settings.columns`, or all where none is
// named. What is named and is no category column is refused.
std::vector<const TextSeries*> CategoriesFor(const Frame& frame, const Json& settings,
                                             const std::string& step,
                                             std::vector<Refusal>* refused);

// The parameters `columns`, `min_rows` and `max_values` as every such step has them.
Param ColumnsParam();
Param MinRowsParam(int64_t fallback);

// Values of a plan's state by place, with look-up. Not copyable: keys are views into `values`.
class CategoryIndex {
 public:
  // Error kData when a value occurs twice.
  CategoryIndex(std::string column, std::vector<std::string> values);
  CategoryIndex(const CategoryIndex&) = delete;
  CategoryIndex& operator=(const CategoryIndex&) = delete;

  const std::string& column() const { return column_; }
  size_t size() const { return values_.size(); }
  const std::string& operator[](size_t i) const { return values_[i]; }
  // -1: not among them.
  int64_t Find(std::string_view value) const;

 private:
  std::string column_;
  std::vector<std::string> values_;
  std::unordered_map<std::string_view, int64_t> index_;
};

}  // namespace bottega

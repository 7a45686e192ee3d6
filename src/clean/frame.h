// Frame: a slice of a dataset's feature columns on their way to Features. Steps take text and date
// series and turn them into number and code series.
#pragma once

#include <arrow/type_fwd.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.h"

namespace bottega {

struct NumberSeries {
  std::string name;
  std::string column;          // of the table, that it was made of
  std::vector<double> values;  // NaN: missing; infinities of the source are missing as well
  bool scaled = false;         // already near unit size: `scale` and `encode_numbers` pass it over

  std::vector<double> Known() const;  // those that are not missing
};

struct CodeSeries {
  std::string name;
  int32_t cardinality = 0;  // codes are 0 .. cardinality - 1
  std::vector<int32_t> values;
};

// A view: the dataset must outlive it.
struct TextSeries {
  std::string name;
  FeatureType type = FeatureType::kCategory;  // category, binary or text
  std::shared_ptr<arrow::StringArray> array;
  int64_t offset = 0;
  std::optional<std::string> fill;  // what stands where the cell is missing

  std::optional<std::string_view> At(int64_t i) const;
};

struct DateSeries {
  std::string name;
  std::shared_ptr<arrow::TimestampArray> array;  // microseconds
  int64_t offset = 0;

  std::optional<int64_t> At(int64_t i) const;
};

struct Frame {
  int64_t rows = 0;
  // What is learned, only while fitting: the class's index or the value, NaN where it is not known.
  std::vector<double> target;
  int classes = 0;  // 0: the target is a quantity, or there is none
  // Record numbers of the rows that the plan was or is fitted on, -1 for others; empty: there are
  // none. Steps that cross-fit give those rows what was learned without them.
  std::vector<int64_t> training;
  std::vector<NumberSeries> numbers;
  std::vector<CodeSeries> codes;
  std::vector<TextSeries> texts;
  std::vector<DateSeries> dates;

  int FindNumber(std::string_view name) const;  // index into numbers, or -1
  // Takes a series out of the frame; Error kInternal when it is not there.
  TextSeries TakeText(std::string_view name);
  DateSeries TakeDate(std::string_view name);
  TextSeries* FindText(std::string_view name);
};

// Rows begin .. end of the columns of `wanted` (name and type are what counts) in that order. Error
// kData when `data` lacks a column or holds another type of cells in it.
Frame MakeFrame(const Dataset& data, const std::vector<Column>& wanted, int64_t begin, int64_t end);

}  // namespace bottega

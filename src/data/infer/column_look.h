// What type inference needs to know of a column, from at most 200,000 cells spread over it.
#pragma once

#include <arrow/type_fwd.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "data/infer/numbers.h"

namespace bottega {

struct ColumnLook {
  int64_t rows = 0;     // cells looked at
  int64_t filled = 0;   // of them, not missing
  int64_t numbers = 0;  // of the filled, numbers in `style`
  int64_t integers = 0;
  int64_t odd_values = 0;     // different filled values that are no numbers, among `values`
  int64_t leading_zeros = 0;  // "007": digits only, more than one, the first a zero
  int64_t distinct = 0;
  bool consecutive = false;  // the numbers are whole and as many as their range is wide
  bool too_long = false;     // some whole number exceeds 2^53 in size
  double least = 0, most = 0;
  double words = 0;   // mean per filled cell
  double length = 0;  // mean bytes per filled cell
  NumberStyle style;
  std::string date_format;  // "" unless at least 90 % are dates
  int64_t dates = 0;
  // Values with their counts, most frequent first, at most 1,000.
  std::vector<std::pair<std::string, int64_t>> values;

  double NumberShare() const { return filled > 0 ? double(numbers) / double(filled) : 0; }
  double DistinctShare() const { return filled > 0 ? double(distinct) / double(filled) : 0; }
};

// `decimal`: "auto", "point" or "comma".
ColumnLook LookAt(const arrow::ChunkedArray& column, const std::string& decimal = "auto");

}  // namespace bottega

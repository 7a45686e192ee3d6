// What a model builder is told about the data; free of libtorch types.
#pragma once

#include <cstdint>
#include <vector>

namespace bottega {

struct ModelInput {
  int64_t numbers = 0;
  // Of each number, the column of the table that it was made of, as 0, 1, ... in the order in which
  // they come first; empty: each is a column of its own.
  std::vector<int64_t> number_columns;
  std::vector<int64_t> cardinality;  // of the code columns
  int64_t picture_size = 0;          // side in pixels; 0 for tables
  int64_t outputs = 1;               // classes, or 1 for regression
  uint64_t seed = 0;
};

}  // namespace bottega

// Rows by the values of one column, for shares and scores per group of people.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "data/dataset.h"

namespace bottega {

// The column's distinct values, or four ranges of about equal size where it holds more than ten
// numbers or dates ("17 to 28").
struct ValueGroups {
  std::vector<std::string> names;
  std::vector<int32_t> code;   // per row, -1 for missing
  std::vector<int64_t> count;  // per name
  // Per name the least and greatest value of its range; empty where the names are values.
  std::vector<std::pair<double, double>> range;
};
ValueGroups ValueGroupsOf(const Dataset& data, int column);

}  // namespace bottega

// Number columns prepared for the search of arithmetic between them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "profile/cells.h"

namespace bottega {

inline constexpr size_t kLookRows = 400;  // of the first rows: inputs are chosen and fitted on them
inline constexpr size_t kFewestRows = 30;

struct NumberColumn {
  size_t index = 0;
  std::vector<double> value;  // per looked-at row, NaN where missing
  double unit = 0;            // of the last decimal that 99 % need; 0: more than nine decimals
  double median = 0;
  double spread = 0;           // interquartile range, else the standard deviation
  std::vector<double> chosen;  // DirectionOf(value)
  std::vector<double> log;     // NaN where not positive; empty unless 80 % are positive
  std::vector<double> log_chosen;
};

NumberColumn NumberColumnOf(const CellColumn& cells, size_t index,
                            const std::vector<int64_t>& rows);

// The first kLookRows values less their median, over their spread, cut at +-5, then centred and
// scaled to length 1, with 0 where missing: the dot product of two is a correlation that outliers
// hardly move. Empty where there is no spread.
std::vector<double> DirectionOf(const std::vector<double>& values);

std::vector<double> SortedFinite(const std::vector<double>& values);
double SpreadOf(const std::vector<double>& sorted);

}  // namespace bottega

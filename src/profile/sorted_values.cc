#include "profile/sorted_values.h"

#include <algorithm>
#include <cmath>

namespace bottega {

SortedValues::SortedValues(const CellColumn& cells) {
  code = RisingCodes(cells);
  value.reserve(code.size());
  count.reserve(code.size());
  below.reserve(code.size());
  for (const int32_t c : code) {
    value.push_back(cells.number[static_cast<size_t>(c)]);
    count.push_back(cells.count[static_cast<size_t>(c)]);
    whole = whole && value.back() == std::trunc(value.back());
    below.push_back(rows);
    rows += count.back();
  }
}

double SortedValues::At(double share) const {
  const auto rank = static_cast<int64_t>(share * static_cast<double>(rows - 1));
  const auto after = std::ranges::upper_bound(below, rank) - below.begin();
  return value[static_cast<size_t>(std::max<int64_t>(after - 1, 0))];
}

std::vector<double> SortedNumbers(const CellColumn& cells) {
  std::vector<double> sorted;
  sorted.reserve(cells.code.size());
  for (const int32_t code : RisingCodes(cells)) {
    const double number = cells.number[static_cast<size_t>(code)];
    if (!std::isfinite(number)) continue;
    sorted.insert(sorted.end(), static_cast<size_t>(cells.count[static_cast<size_t>(code)]),
                  number);
  }
  return sorted;
}

}  // namespace bottega

#include "profile/sorted_values.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace bottega {

SortedValues::SortedValues(const CellColumn& cells) {
  code.resize(cells.number.size());
  std::iota(code.begin(), code.end(), 0);
  std::ranges::sort(code, {}, [&](int32_t c) { return cells.number[static_cast<size_t>(c)]; });
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

}  // namespace bottega

// For tests of what takes columns as codes.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "profile/cells.h"

namespace bottega {

// Codes in order of first appearance, nothing missing.
inline CellColumn TextCellsOf(const std::vector<std::string>& texts,
                              FeatureType type = FeatureType::kText) {
  CellColumn cells{.type = type};
  for (const std::string& text : texts) {
    const auto at = std::ranges::find(cells.text, text) - cells.text.begin();
    if (at == static_cast<std::ptrdiff_t>(cells.text.size())) {
      cells.text.push_back(text);
      cells.count.push_back(0);
    }
    cells.code.push_back(static_cast<int32_t>(at));
    ++cells.count[static_cast<size_t>(at)];
  }
  return cells;
}

}  // namespace bottega

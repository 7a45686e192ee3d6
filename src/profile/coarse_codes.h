// Columns with few codes, for tables of counts.
#pragma once

#include <cstdint>
#include <vector>

#include "profile/cells.h"

namespace bottega {

struct CoarseCodes {
  std::vector<int32_t> code;  // per row, -1 for missing
  int64_t size = 0;           // codes are below it
};

// Numbers in at most `parts` parts of about equal size; equal numbers stay together.
CoarseCodes EqualParts(const CellColumn& numbers, int64_t parts);
// The `most` - 1 most frequent values, in that order, and the others as the last; all as they are
// (by frequency) where there are no more than `most`.
CoarseCodes FrequentValues(const CellColumn& cells, int64_t most);
// Numbers with more than `few` values in parts, everything else by frequency.
CoarseCodes CoarseCodesOf(const CellColumn& cells, int64_t parts, int64_t few, int64_t most);

// Missing cells as one more code, the last; unchanged where there are none.
CoarseCodes WithMissing(CoarseCodes codes);

}  // namespace bottega

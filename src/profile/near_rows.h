// Rows that describe the same thing with small differences: a typing slip, other case, a rounded
// number, one changed field.
#pragma once

#include <cstdint>
#include <vector>

#include "profile/cells.h"
#include "profile/duplicates.h"

namespace bottega {

// Candidates agree on all but two of six groups of columns (or, among rows with the same
// categories, are neighbours in a projection of their numbers); a candidate is accepted when it
// truly differs in at most `row_difference` of the columns and what it shares is not expected by
// chance (see duplicates.h). `same` links rows that are known to be equal: only the first of each
// group is compared. Time n log n.
std::vector<DuplicatePair> FindNearRows(const std::vector<const CellColumn*>& cells,
                                        const std::vector<int64_t>& same, double row_difference);

}  // namespace bottega

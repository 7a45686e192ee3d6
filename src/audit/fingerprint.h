// Ids of findings: the same defect keeps its id when rows are added, removed or moved elsewhere.
//
// An id is "<check>-" and 12 hexadecimal digits of a hash (XXH3) over
//
//   the check's name,
//   the file, where it is one of many (a picture), not that of the table as a whole,
//   the column, where the finding names one,
//   and what the finding is about:
//     its `key`, where the check gave one;
//     else, for single rows (the place has a row, and `detail` neither a "count" nor a number of
//     "rows"), the content of the row, or of all of detail.rows, each content once and in no order;
//     else the texts of `detail`, without examples and formulas: numbers change with the data.
//
// The content of a row is that of all its cells but identifiers (they may be numbered anew), so an
// edited row is another row, and a new column makes every row another. A row that is not among the
// data (it was set aside while reading) is told by the message without its digits. Findings that
// all this does not tell apart get "-2", "-3", ... in their order.
#pragma once

#include <vector>

#include "audit/finding.h"
#include "audit/shared.h"
#include "data/dataset.h"

namespace bottega {

// Sets the ids of `findings` from the `first` on, unique among those. Linear in the rows that they
// name.
void GiveIds(const Dataset& data, AuditShared& shared, std::vector<Finding>* findings,
             size_t first = 0);

}  // namespace bottega

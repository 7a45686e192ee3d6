// Review files without what they hold of some rows, for forgetting.
#pragma once

#include <set>
#include <string>

#include "audit/review/row_contents.h"

namespace bottega {

// `text`, of a log or a sample's rows.jsonl (`file` names it in errors), without the lines about
// `gone`, record numbers of the data that `finder` knows. A line that was written about other data
// is about the row that holds the same: record numbers alone would take out the wrong lines. The
// chain of a log is broken where lines are missing. labels.json is made anew (WriteLabelPatch).
std::string WithoutRows(const std::string& text, const std::string& file, RowFinder* finder,
                        const std::set<int64_t>& gone);

}  // namespace bottega

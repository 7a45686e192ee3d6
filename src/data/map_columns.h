// Which columns of a new table are those that a model was trained on.
#pragma once

#include <vector>

#include "data/dataset.h"
#include "data/io/issue_list.h"
#include "data/io/raw_table.h"

namespace bottega {

constexpr int kAbsent = -1;

// Where each of `columns` stands in `table`: by exact, else by simplified name, else by position;
// kAbsent if nowhere. What is not plain is noted: "renamed_column", "mapped_by_position". Error
// kData when a feature is nowhere and the positions do not fit either.
std::vector<int> MapColumns(const std::vector<Column>& columns, const RawTable& table,
                            IssueList* issues);

}  // namespace bottega

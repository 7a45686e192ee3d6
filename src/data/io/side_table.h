// Tables that lie beside pictures and say more about each file.
#pragma once

#include <arrow/type_fwd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "data/io/issue_list.h"

namespace bottega {

struct SideColumn {
  Column column;
  std::shared_ptr<arrow::Array> values;  // one a picture; null where the table has no line for it
};

// Reads root/*.csv and root/*.tsv in byte order. A table counts when one of its columns names at
// least half of `pictures` (paths relative to the root with '/', or file names alone where these
// are unique); its other columns are returned. A column is of numbers when all of its cells are;
// one called "group" gets Role::kGroup. Columns without a name are called c1 .. cN by place,
// repeated ones NAME_2. A picture without a line gives one issue a table, "partial_table"; of
// several lines the last counts.
std::vector<SideColumn> ReadSideTable(const std::filesystem::path& root,
                                      const std::vector<std::string>& pictures, IssueList* issues);

}  // namespace bottega

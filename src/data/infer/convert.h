// The cells of a column, read by its type.
#pragma once

#include <arrow/type_fwd.h>

#include <memory>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "data/infer/numbers.h"
#include "data/io/issue_list.h"
#include "data/io/raw_table.h"
#include "data/written.h"

namespace bottega {

// What ConvertColumn needs beside the cells.
struct ColumnPlan {
  std::string name;
  FeatureType type = FeatureType::kText;
  NumberStyle style;
  std::string date_format;
};

struct Converted {
  std::shared_ptr<arrow::Array> array;  // one chunk of the Dataset's kind for `type`
  // Cells that were filled but could not be read, now missing: the first IssueList::kMost of a
  // kind.
  struct Bad {
    int64_t position = 0;
    std::string cell;
    std::string kind;  // "mixed_type", "infinity"
  };
  std::vector<Bad> bad;
  int64_t mixed = 0, infinite = 0;  // all of them
  Written written;                  // rows are positions; spellings of missing are not in it
};
Converted ConvertColumn(const arrow::ChunkedArray& column, const ColumnPlan& plan);

// Turns `bad` into issues with record number and line.
void NoteBadCells(const RawTable& table, const ColumnPlan& plan, const Converted& converted,
                  IssueList* issues);

}  // namespace bottega

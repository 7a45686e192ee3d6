// RawTable: a source as it stands in its file, before types are inferred.
#pragma once

#include <arrow/type_fwd.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "data/dataset.h"
#include "data/io/issue_list.h"
#include "data/written.h"

namespace bottega {

struct RawTable {
  std::string file;
  std::vector<std::string> names;  // unique, not empty
  // Text formats: utf8, missing cells null. Typed formats (Parquet): utf8, float64 or
  // timestamp[us].
  std::vector<std::shared_ptr<arrow::ChunkedArray>> columns;
  std::vector<MissingMarks> missing;  // per column, by position; empty where nobody noted them
  std::vector<int64_t> rows;          // record number of each row; records set aside are counted
  IssueList issues;
  Json reading;
  // 1-based line at which each of the given records (ascending) begins; empty for binary formats.
  std::function<std::vector<int64_t>(const std::vector<int64_t>&)> lines;
};

// Names for the columns of a table: empty ones become c1..cN by place (issue "unnamed_column"),
// repeated ones get _2, _3 ... (issue "duplicate_column").
std::vector<std::string> UniqueNames(std::vector<std::string> names, const std::string& file,
                                     IssueList* issues);

// Whether a cell means "missing": one of `spellings` after white space at both ends is removed.
class MissingCells {
 public:
  explicit MissingCells(const std::vector<std::string>& spellings);
  bool operator()(std::string_view cell) const;

  // "", ?, NA, N/A, n/a, #N/A, <NA>, NaN, nan, -nan, NULL, null, None, NONE, nil, NaT.
  static const std::vector<std::string>& Default();

 private:
  std::vector<std::string> spellings_;
  bool first_[256] = {};
  size_t longest_ = 0;
};

}  // namespace bottega

// A table source as batches of rows: what a file larger than memory is read as.
#pragma once

#include <arrow/type_fwd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "data/io/raw_table.h"

namespace bottega {

// One batch: columns as in RawTable, one array each.
struct RawBatch {
  std::vector<std::shared_ptr<arrow::Array>> columns;
  std::vector<int64_t> rows;  // record numbers in the source
};

class TableStream {
 public:
  virtual ~TableStream() = default;

  const std::vector<std::string>& names() const { return names_; }
  const Json& reading() const { return reading_; }
  // What was odd in all batches so far.
  const IssueList& issues() const { return issues_; }

  // nullopt at the end. Some tens of megabytes; memory does not grow with the source.
  virtual std::optional<RawBatch> Next() = 0;
  // Bytes of the source behind the batches so far, for progress.
  virtual int64_t bytes() const = 0;

 protected:
  std::vector<std::string> names_;
  Json reading_;
  IssueList issues_;
};

// Delimited text, JSON Lines or Parquet, by content as ReadRaw does it. JSON Lines: the columns are
// the keys of the first `key_bytes` of text, whatever the pieces are; later keys are counted as
// issues "new_key". Errors as those of ReadCsv, ReadJsonLines and ReadParquetTable; kData as well
// for one JSON array (it cannot be cut into records) and for UTF-16 and UTF-32. `piece_bytes`: of
// text read at once.
std::unique_ptr<TableStream> OpenTableStream(const std::filesystem::path& path,
                                             const Json& settings,
                                             size_t piece_bytes = size_t{32} << 20,
                                             size_t key_bytes = size_t{32} << 20);

}  // namespace bottega

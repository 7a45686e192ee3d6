// Rows as a model of tables is fed them, in a file: for training sets that do not fit into memory.
// Records of one size after a header, so that any block of rows is one read.
//
// Header, 40 bytes: "bttgrow1", then int64 rows, numbers, codes, 1 for classes or 0 for values. A
// record: int64 row, float weight, int32 label or float value, float numbers[], int32 codes[]. All
// little-endian. A file belongs to the run that made it and to nobody else.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/files.h"
#include "clean/features.h"
#include "feed/feed_columns.h"

namespace bottega {

struct RowLayout {
  int64_t numbers = 0, codes = 0;
  bool classification = true;

  int64_t record_bytes() const { return 16 + 4 * (numbers + codes); }
};

class RowFileWriter {
 public:
  RowFileWriter(const std::filesystem::path& path, const RowLayout& layout);
  // The rows at `positions` of `features` and `columns`; weight 1 where columns have none.
  void Add(const Features& features, const FeedColumns& columns,
           const std::vector<int64_t>& positions);
  int64_t rows() const { return rows_; }
  // Without it there is no file. Errors: kIo.
  void Finish();

 private:
  void WriteHeader();

  AtomicFile file_;
  RowLayout layout_;
  std::ofstream out_;
  std::string buffer_;
  int64_t rows_ = 0;
};

class RowFile {
 public:
  // Errors: kMissing, kData for a file that is no row file or was cut.
  explicit RowFile(std::filesystem::path path);
  ~RowFile();
  RowFile(const RowFile&) = delete;
  RowFile& operator=(const RowFile&) = delete;

  int64_t rows() const { return rows_; }
  const RowLayout& layout() const { return layout_; }
  // Records [begin, begin + count) to `to`, count * record_bytes() bytes. Errors: kIo. Thread-safe.
  void Read(int64_t begin, int64_t count, char* to) const;

 private:
  std::filesystem::path path_;
  int fd_ = -1;
  int64_t rows_ = 0;
  RowLayout layout_;
};

}  // namespace bottega

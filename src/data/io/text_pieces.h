// A text source in pieces of whole records, in bounded memory: unpacked (gzip, zstd) and turned
// into UTF-8 piece by piece.
#pragma once

#include <arrow/io/type_fwd.h>
#include <arrow/type_fwd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "data/io/issue_list.h"

namespace bottega {

// Bytes of `text` up to the end of its last whole record; 0 when none ends in it.
using WholeRecords = std::function<size_t(std::string_view text)>;

class TextPieces {
 public:
  // Errors: kMissing, kData for a folder, an empty or binary file and for UTF-16 and UTF-32, whose
  // line ends cannot be told from bytes; kRecipe for an unknown encoding.
  TextPieces(const std::filesystem::path& path, const std::string& encoding, size_t piece_bytes);
  ~TextPieces();

  // The first bytes of the text, as UTF-8, cut at a line end: what a dialect is recognized by.
  const std::string& head() const { return head_; }
  const std::string& encoding() const { return encoding_; }
  const std::string& compression() const { return compression_; }
  // Bytes of the file read so far, for progress (unpacked bytes of an archive).
  int64_t bytes() const { return bytes_; }

  // The next piece, about `piece_bytes`; nullptr at the end. What was no text in the encoding is
  // replaced and noted in `issues`. Error kData for a record of more than 256 MB, a damaged
  // archive.
  std::shared_ptr<arrow::Buffer> Next(const WholeRecords& whole, IssueList* issues);
  // Line ends in all pieces handed out before the last one.
  int64_t lines_before() const { return lines_before_; }

 private:
  void Fill(size_t bytes);
  std::shared_ptr<arrow::Buffer> Decode(std::string raw, IssueList* issues) const;

  std::string file_;
  size_t piece_bytes_;
  std::shared_ptr<arrow::io::InputStream> stream_;
  std::string compression_, encoding_, head_;
  std::string pending_;  // read, not handed out
  bool at_end_ = false;
  int64_t bytes_ = 0, lines_ = 0, lines_before_ = 0;
};

}  // namespace bottega

// The bytes of a text source: memory-mapped, unpacked (gzip, zstd) and turned into UTF-8.
#pragma once

#include <arrow/type_fwd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.h"

namespace bottega {

// Error kMissing unless `path` exists; the hint names the nearest files of that folder.
void RequireExists(const std::filesystem::path& path);

struct SourceBytes {
  std::shared_ptr<arrow::Buffer> buffer;  // UTF-8 without byte order mark
  std::string compression;                // "none", "gzip", "zstd"
  std::string encoding;  // as read: "utf-8", "utf-8-bom", "utf-16-le", ...: DetectEncoding
  std::vector<ReadIssue> issues;

  std::string_view text() const;
};

// Reads all of `path`. `encoding`: one of the above, any name that ICU knows, or "" to be detected.
// Invalid UTF-8 in what is mostly UTF-8 becomes U+FFFD with issues of kind "invalid_utf8"; NUL
// bytes become spaces ("nul_bytes"). Errors: kMissing; kData for a folder, an empty file, a binary
// file (named by its content where it is a known kind), a damaged or truncated archive; kRecipe for
// an unknown encoding.
SourceBytes ReadSource(const std::filesystem::path& path, const std::string& encoding = {});

// The same for bytes in memory, as fuzzers and tests give them; `file` is for messages.
SourceBytes ReadSourceBytes(std::string bytes, const std::string& file,
                            const std::string& encoding = {});

// Unpacks a whole gzip (also of several members) or zstd stream. Error kData when it is damaged,
// cut short, or unpacks to more than `most` bytes.
std::string Unpack(std::string_view packed, std::string_view compression, const std::string& file,
                   int64_t most = int64_t{16} << 30);

// "gzip", "zstd" or "none", by the first bytes.
std::string_view CompressionOf(std::string_view bytes);

}  // namespace bottega

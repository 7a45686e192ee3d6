// A data file without some of its records, every other byte as it is.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "base/json.h"

namespace bottega {

// Writes `from` without `records` (record numbers as read, rising) to `to`. `reading` is the
// Dataset's: format, delimiter, header, encoding. Delimited text and JSON Lines keep encoding, byte
// order mark, line ends and quotes; packed files are packed anew; Parquet is written anew with the
// types it had. Errors: kData for a format of which single records cannot be taken out.
void WriteWithoutRecords(const std::filesystem::path& from, const Json& reading,
                         const std::vector<int64_t>& records, const std::filesystem::path& to);

}  // namespace bottega

// Where the records of a text source stand in its file, found after it was read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "base/json.h"

namespace bottega {

// 1-based lines at which the records with the given 0-based numbers begin; -1 where that cannot be
// told. `reading` is Dataset::reading of the source. Empty for sources that have no lines: packed
// and binary files, folders, and files that changed or went since.
std::vector<int64_t> LinesInFile(const std::filesystem::path& source, const Json& reading,
                                 const std::vector<int64_t>& records);

}  // namespace bottega

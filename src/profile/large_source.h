// A table that is too large to be held: one pass over all of its rows, and a uniform sample of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "data/open.h"
#include "profile/whole_table.h"

namespace bottega {

// What an audit reads of a large source.
struct LargeSource {
  WholeTable whole;
  RawTable sample;
};

// Whether `source` is a table file of more than `bytes`, archives by what they are likely to hold.
bool IsLarge(const std::filesystem::path& source, const Json& section, int64_t bytes);

// Reads all of `source` once, with a progress bar; memory does not grow with it. `section`: the
// data section, or what of it is known. Errors as those of OpenTableStream and TableStream::Next.
LargeSource ReadLarge(const std::filesystem::path& source, const Json& section,
                      int64_t sample_rows, uint64_t seed);

}  // namespace bottega

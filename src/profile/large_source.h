// A table that is too large to be held: one pass over all of its rows, and a uniform sample of
// them.
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

// The source in one pass if it is a table file beyond `large` of the resolved `audit` section
// (archives by what they are likely to hold), with a progress bar; memory does not grow with it.
// `data`: the data section, or what of it is known. Errors as those of OpenTableStream and
// TableStream::Next.
std::optional<LargeSource> ReadIfLarge(const std::filesystem::path& source, const Json& data,
                                       const Json& audit);

// Whether `source` is a table file of more than `bytes` (archives by what they are likely to hold);
// `data` as above.
bool IsLargeTable(const std::filesystem::path& source, const Json& data, int64_t bytes);

// A uniform sample of `size` rows of a table file, in one pass with a progress bar.
RawTable SampleTable(const std::filesystem::path& source, const Json& data, int64_t size,
                     uint64_t seed);

}  // namespace bottega

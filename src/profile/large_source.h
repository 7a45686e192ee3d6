// A table that is too large to be held: one pass over all of its rows, and a uniform sample of
// them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
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

struct SampleSize {
  int64_t rows = 0;
  int64_t bytes = std::numeric_limits<int64_t>::max();  // of cells, by the first batch
};
// A uniform sample of a table file, as large as both bounds allow, in one pass with a progress bar.
// `all_rows`, if given, becomes how many rows the source has.
RawTable SampleTable(const std::filesystem::path& source, const Json& data, const SampleSize& size,
                     uint64_t seed, int64_t* all_rows = nullptr);

}  // namespace bottega

// tags.json of a run: words that people file it under (doc/formats/run-folder.md). Their own
// remarks: no part of what the manifest answers for.
#pragma once

#include <string>
#include <vector>

#include "run/run_folder.h"

namespace bottega {

inline constexpr const char* kTagsFile = "tags.json";

// In byte order; empty where the run has none. Errors: kData of a damaged file.
std::vector<std::string> ReadTags(const RunFolder& run);

// "" where it may be a tag, else what is wrong: two to sixty-four letters, digits, `.`, `_`, `:`,
// `-`, the first no sign.
std::string WrongTag(const std::string& tag);

// Adds and takes away, also while the run is being trained; of two processes at once, neither is
// lost. Returns the tags it then has. Errors: kIo.
std::vector<std::string> ChangeTags(const RunFolder& run, const std::vector<std::string>& add,
                                    const std::vector<std::string>& remove);

}  // namespace bottega

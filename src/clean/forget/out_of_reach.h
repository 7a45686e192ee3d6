// Where the person may still be found after everything in the project was changed.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "clean/forget/source_state.h"
#include "clean/forget/staging.h"
#include "clean/forget/value_finder.h"

namespace bottega {

// A sentence each: the source where it keeps the rows, files of the project's folder that are not
// bottega's and name the person, a git history that tracks what was changed, and what no program
// can see.
std::vector<std::string> OutOfReach(const std::filesystem::path& project,
                                    const std::filesystem::path& source, bool from_source,
                                    const std::vector<SourceState>& states,
                                    const ValueFinder& finder,
                                    const std::map<std::string, StagedFile>& changed);

}  // namespace bottega

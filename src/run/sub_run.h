// Runs that are made of many trainings: the trials of `bottega tune`, those that `bottega ablate`
// compares.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "run/run_folder.h"

namespace bottega {

// manifest.json bears one of these names in such a run.
inline constexpr const char* kSearchMark = "search";
inline constexpr const char* kAblationMark = "ablation";

// The newest run of `project` with the mark that has not been trained to its end.
std::optional<RunFolder> NewestUnfinishedSubRun(const std::filesystem::path& project,
                                                const std::string& mark);

}  // namespace bottega

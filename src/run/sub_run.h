// Runs that are made of many trainings: the trials of `bottega tune`, those that `bottega ablate`
// compares.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/json.h"
#include "run/run_folder.h"

namespace bottega {

struct SubRunKind {
  const char* verb;
  const char* mark;    // what manifest.json calls what the verb has to remember, from the first
  const char* report;  // sealed last
};
inline constexpr SubRunKind kSearch = {"tune", "search", "tune.html"};
inline constexpr SubRunKind kAblation = {"ablate", "ablation", "ablation.html"};

// Nothing for a run that `train` or `run` made, or `train --epochs` continued.
std::optional<SubRunKind> KindOf(const Json& manifest);

// The verb whose `--resume` continues a run: "train", "tune", "ablate"; nothing where it has ended.
std::optional<std::string> ContinuingVerb(const Json& manifest);

// The newest run of `project` of this kind whose report is not sealed.
std::optional<RunFolder> NewestUnfinished(const std::filesystem::path& project,
                                          const SubRunKind& kind);

}  // namespace bottega

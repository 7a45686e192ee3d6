// manifest.json says under these names that a run is made of many trainings: of the trials of
// `bottega tune`, of those that `bottega ablate` compares.
#pragma once

namespace bottega {

inline constexpr const char* kSearchMark = "search";
inline constexpr const char* kAblationMark = "ablation";

}  // namespace bottega

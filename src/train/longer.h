// Training on beyond the length that a run was begun with.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/json.h"

namespace bottega {

// What raising the epochs to `epochs` does to the learning rate of a run whose `train` section was
// `train`, in a sentence: a schedule that runs over the whole length is stretched, so that the rate
// goes on elsewhere on its curve, and the outcome is not that of a training of that length from the
// start. "" where the schedule does not depend on the length, or the run has no checkpoint.
std::string LengthNote(const std::filesystem::path& run, const Json& train, int64_t epochs);

}  // namespace bottega

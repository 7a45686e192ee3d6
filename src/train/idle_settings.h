// Settings of a training whose time comes after its last epoch.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"

namespace bottega {

// A sentence for each; `train`: the settled section. "train.average.swa.from is 40, after the last
// epoch, 30: weights are never averaged".
std::vector<std::string> IdleSettings(const Json& train, int64_t steps_per_epoch);

}  // namespace bottega

// Reading the `cv` and `seeds` sections of metrics.json.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace bottega {

// A sentence for each conclusion that some seeds support and others contradict.
std::vector<std::string> SignChanges(const Json& metrics);

}  // namespace bottega

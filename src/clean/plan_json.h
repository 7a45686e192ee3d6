// plan.json; the format is in doc/formats/plan.md.
#pragma once

#include <string>

#include "base/json.h"
#include "clean/plan.h"

namespace bottega {

// Throws kData naming `file` when a step cannot be loaded from its state.
void CheckSteps(const Json& steps, const std::string& file);

}  // namespace bottega

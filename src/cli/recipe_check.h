// Mistakes in a recipe that no single Param can see, found before any work: names of metrics in
// gates and settings, and settings that do not go together.
#pragma once

#include <vector>

#include "cli/recipe.h"

namespace bottega {

// What is wrong whatever the data are. `source` is what was written, for the places of gates;
// values that did not resolve are null and passed over.
std::vector<Problem> CheckRecipe(const Resolved& resolved, const SourceNode& source);

}  // namespace bottega

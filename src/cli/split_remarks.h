// What a recipe says of the split without effect on its data.
#pragma once

#include <string>
#include <vector>

#include "cli/recipe.h"
#include "data/dataset.h"
#include "split/make_split.h"

namespace bottega {

// Settings that were given, but cannot act under the `method` that `auto` became or for this target
// (null: none). Those that the section's Spec knows to be ignored are among Recipe::remarks.
std::vector<Problem> SplitRemarks(const Recipe& recipe, const Column* target,
                                  const std::string& method);

// Notes them on stderr.
void NoteSplitRemarks(const Recipe& recipe, const Dataset& data, const SplitOutcome& outcome);

}  // namespace bottega

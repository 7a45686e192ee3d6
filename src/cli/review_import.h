// Decisions that were made on a page (`bottega review --page`), taken into the project.
#pragma once

#include <string>

#include "cli/project.h"

namespace bottega {

// Reads `file`, checks that its rows, classes, reviewer and times are what they should be and that
// it belongs to these data, and appends what is new to the reviewer's log. `classes` may be given
// beside those of the data. Nothing is taken where one decision is wrong. Errors: kData, naming
// the first few mistakes.
Json ImportDecisions(Project& project, const std::string& file,
                     const std::vector<std::string>& classes, bool number);

}  // namespace bottega

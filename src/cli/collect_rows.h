// `audit --collect FILE`: which rows to gather, as a file and as a table.
#pragma once

#include <string>

#include "base/json.h"
#include "cli/project.h"
#include "cli/verb.h"

namespace bottega {

// Before any work: Error kUsage when FILE would do harm or is neither CSV nor JSON. `command` is
// what was typed, up to the flag.
void CheckCollect(const Invocation& call, const Project& project, const std::string& command);
// Writes the file and prints the largest needs; the plan as JSON, null without the flag.
Json WriteCollect(Invocation& call, Project& project);

}  // namespace bottega

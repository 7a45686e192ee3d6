// One command from its words to its exit code: what both mains and the tests call.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "cli/verb.h"

namespace bottega {

// `words` without the program's name. Never throws; errors are printed to `err` (or, with --json,
// as an object to `out`). `table` holds the verbs this program can run; other known verbs are
// handed to bottega-engine by exec, or by a child process when the streams are not the real ones.
int RunCommand(const std::vector<std::string>& words, const VerbTable& table, std::ostream& out,
               std::ostream& err);

}  // namespace bottega

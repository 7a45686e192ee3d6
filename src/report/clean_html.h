// The page that `bottega clean --plan` writes for people.
#pragma once

#include <string>

#include "clean/repairs.h"

namespace bottega {

struct CleanPageFacts {
  std::string version;  // of the program
  std::string time;     // UTC
};

// One self-contained HTML page: what the plan would change and what it only suggests, fix by fix,
// with counts, examples, evidence and how sure each is; at most `most_changes` a fix are written
// out.
std::string CleanHtml(const RepairPlan& plan, const CleanPageFacts& facts,
                      size_t most_changes = 50);

}  // namespace bottega

// The files that `bottega audit` writes where it was asked for them.
#pragma once

#include <filesystem>
#include <string>

#include "audit/finding.h"
#include "cli/project.h"
#include "cli/verb.h"

namespace bottega {

// Before any work: none of the files named may replace the data. `command` is what was typed up to
// the flags, as in "bottega audit loans.csv ". Errors: those of CheckOutput.
void CheckAuditFiles(const Invocation& call, const Project& project, const std::string& command);

// The page, in `folder` unless it was given another place, and what other files were asked for;
// returns the page's path. `gate` is the severity from which the verb fails, or "none".
std::filesystem::path WriteAuditFiles(const Invocation& call, const AuditResult& audit,
                                      const std::string& source, const std::string& gate,
                                      const std::filesystem::path& folder);

}  // namespace bottega

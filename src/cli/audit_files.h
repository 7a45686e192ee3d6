// The files that `bottega audit` writes where it was asked for them.
#pragma once

#include <filesystem>
#include <string>

#include "audit/baseline.h"
#include "audit/finding.h"
#include "cli/project.h"
#include "cli/verb.h"

namespace bottega {

// Before any work: none of the files named may replace the data. `command` is what was typed up to
// the flags, as in "bottega audit loans.csv". Errors: those of CheckOutput.
void CheckAuditFiles(const Invocation& call, const Project& project, const std::string& command);

struct AuditFileFacts {
  std::string gate;          // severity from which the verb fails, or "none"
  BaselineOutcome compared;  // where --baseline names one
};

// The page, in the stage's folder unless it was given another place, and what other files were
// asked for; returns the page's path.
std::filesystem::path WriteAuditFiles(const Invocation& call, Project& project,
                                      const AuditResult& audit, const AuditFileFacts& facts);

// `folder` as a path from the root of the git checkout that it lies in; "" at the root and outside
// of one. Code hosts want paths from there.
std::string InsideCheckout(const std::filesystem::path& folder);

}  // namespace bottega

// What `bottega audit` does beside auditing: --history, --due, --schedule, --waive.
#pragma once

#include <string>

#include "cli/project.h"
#include "cli/verb.h"

namespace bottega {

// The flag of the mode that was asked for ("history", "due", "schedule", "waive"), or "" for an
// audit. Error kUsage where flags do not go together.
std::string AuditMode(const Invocation& call);

// "bottega audit loans.csv": the command as hints give it, without flags.
std::string AuditCommand(const Invocation& call);

// Trends in the terminal and as .bottega/audits/history.html (or --html FILE).
Json ShowHistory(const Invocation& call, Project& project);
// Whether an audit is due, and why; a due one is a failed gate.
Json ShowDue(Invocation& call, Project& project);
// The job that audits by itself.
Json ShowSchedule(const Invocation& call, Project& project);
// Writes a waiver of a finding that there is into waivers.yaml.
Json Waive(const Invocation& call, Project& project);

}  // namespace bottega

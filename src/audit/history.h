// The audits of a project: a small JSON summary of each in .bottega/audits/, for trends, for what
// became worse, and for when the next audit is due (doc/formats/audit.md).
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "audit/finding.h"

namespace bottega {

struct AuditSummary {
  std::string id;       // file name without ending; ids sort by age
  std::string time;     // UTC, as NowUtc() gives it
  std::string version;  // of the program
  std::string source;   // the data as the recipe names them
  std::string sha256;   // of the data
  std::string digest;   // of the stage folder with the whole audit
  int64_t rows = 0;
  int64_t waived = 0;
  std::map<std::string, SeverityCounts> checks;  // open findings of each check that ran
  std::vector<std::string> faults;               // checks that broke off

  SeverityCounts Total() const;
};

// Findings that a baseline knows count as open: a summary tells how the data are.
AuditSummary SummaryOf(const AuditResult& result, const std::string& digest);

void WriteSummary(const std::filesystem::path& project, AuditSummary summary);

// All audits of `source`, the oldest first. An audit whose stage folder is there and whose summary
// is not is summed up again, with the time of its file. Files that are no summary are left out.
std::vector<AuditSummary> ReadHistory(const std::filesystem::path& project,
                                      const std::string& source);

// What a check finds now that it did not find then.
struct Worse {
  std::string check;
  SeverityCounts then, now;

  bool more_errors() const { return now[2] > then[2]; }
  // There was neither an error nor a warning.
  bool new_kind() const { return now[2] + now[1] > 0 && then[2] + then[1] == 0; }
};
// Check by check, as far as it ran in both: more errors, or warnings where there were none. Checks
// about the audit itself (Check::last) are left out.
std::vector<Worse> WorseThan(const AuditSummary& then, const AuditSummary& now);

// "2w", "30d", "12h" in seconds; 0 for anything else.
int64_t ParseInterval(const std::string& text);
// Seconds since 1970 of a time as NowUtc() gives it; 0 if it is none.
int64_t UnixOf(const std::string& utc);

struct Due {
  bool due = false;
  std::string reason;  // a clause without a full stop, either way
};

// Whether an audit is due: there was none, the data are others than at the last one, that one did
// not look with all of `checks`, or it is older than `every` (as in "30d"; "" for no interval).
Due JudgeDue(const std::vector<AuditSummary>& history, const std::string& sha256,
             const std::vector<std::string>& checks, const std::string& every, int64_t now);

}  // namespace bottega

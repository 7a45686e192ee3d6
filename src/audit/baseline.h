// Baselines: an earlier audit, so that only what is new is told and gated.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "audit/finding.h"

namespace bottega {

// How an audit stands to its baseline. A finding is known if the baseline has its id at the same or
// a graver severity: a finding that became graver is new.
struct BaselineOutcome {
  int64_t fresh = 0, known = 0;  // findings of the audit that are not waived
  // Of the baseline, gone now; without those of checks that did not run this time.
  int64_t fixed = 0;
  std::vector<Finding> gone;               // those of them that audit.json spells out
  std::vector<std::string> not_looked_at;  // checks with findings then that did not run now
};

// audit.json, or what `bottega audit --json` prints. Errors: kMissing, kIo, kData.
AuditResult ReadBaseline(const std::filesystem::path& file);

// Marks the findings of `audit` that `baseline` knows.
BaselineOutcome ApplyBaseline(const AuditResult& baseline, AuditResult* audit);

}  // namespace bottega

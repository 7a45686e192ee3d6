// The page that `bottega audit` writes for people.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/baseline.h"
#include "audit/finding.h"

namespace bottega {

struct AuditPageFacts {
  std::string source;                // as the user named it; the page is called by its file name
  std::string version;               // of the program
  std::string time;                  // UTC, as NowUtc() gives it
  std::string gate;                  // severity from which the verb fails, or "none"
  std::vector<std::string> figures;  // of report/audit_plots.h, the most telling first
  std::string baseline;              // file that the findings were compared with, "" for none
  BaselineOutcome compared;          // where there is a baseline
};

inline constexpr size_t kMostPageBytes = 2'000'000;

// One self-contained HTML page, no script and no network: the four areas with verdict and counts
// (report/audit_areas.h), the figures, each check with its open findings (place, confidence, fix,
// id), known and waived ones folded below them, what is fixed since the baseline, then the checks
// that found nothing or did not run. The severity filter works by style sheet alone and by
// keyboard.
//
// At most kMostPageBytes, whatever the data: up to `most_per_check` findings of a check are spelled
// out, fewer where the page would grow above that, then the figures go; the page says so.
// Deterministic.
std::string AuditHtml(const AuditResult& result, const AuditPageFacts& facts,
                      int64_t most_per_check = 100);

}  // namespace bottega

// The page that `bottega audit` writes for people.
#pragma once

#include <string>

#include "audit/finding.h"
#include "base/json.h"

namespace bottega {

struct AuditPageFacts {
  std::string source;   // as the user named it
  std::string version;  // of the program
  std::string time;     // UTC, as NowUtc() gives it
  std::string gate;     // severity from which the verb fails, or "none"
};

// One self-contained HTML page, no script and no network: how many findings of which severity, then
// each check with its findings (place, confidence, fix), at most `most_per_check` written out, then
// the checks that found nothing or did not run. The severity filter works by style sheet alone and
// by keyboard. Deterministic.
std::string AuditHtml(const AuditResult& result, const AuditPageFacts& facts,
                      int64_t most_per_check = 100);

}  // namespace bottega

// What `bottega audit` prints on a terminal.
#pragma once

#include <ostream>
#include <string>

#include "audit/baseline.h"
#include "audit/finding.h"

namespace bottega {

// Up to three open findings of each check with place and fix; or `all`, with ids, and also those
// that are waived or known.
void PrintFindings(std::ostream& out, const AuditResult& audit, bool all);

// What a law asks, topic by topic, with how many findings touch it; nothing without a policy.
void PrintPolicy(std::ostream& out, const AuditResult& audit);

// "loans.csv: 6,080 rows, 1 errors, 40 warnings, 12 remarks", and what is waived.
void PrintCounts(std::ostream& out, const AuditResult& audit, const std::string& source);

// How the audit stands to the baseline in `file`; with `all` what was fixed.
void PrintBaseline(std::ostream& out, const BaselineOutcome& outcome, const std::string& file,
                   bool all);

}  // namespace bottega

// What `bottega audit` prints on a terminal.
#pragma once

#include <ostream>
#include <string>

#include "audit/finding.h"

namespace bottega {

// Up to three findings of each check, or all of them, each with place and fix.
void PrintFindings(std::ostream& out, const AuditResult& audit, bool all);

// "loans.csv: 6,080 rows, 1 errors, 40 warnings, 12 remarks".
void PrintCounts(std::ostream& out, const AuditResult& audit, const std::string& source);

}  // namespace bottega

// Findings as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the files.
#pragma once

#include <string>

#include "audit/finding.h"

namespace bottega {

// One run of the tool `bottega` (`version` is the program's), one rule a check, one result a
// finding. Severity info, warning, error become the levels note, warning, error. Paths are given as
// the findings hold them, relative to the project; a finding without a file has no location. A row
// without a line is told in the message alone. The partial fingerprint is a hash of check, place
// and message, so that the same finding is recognised in the next audit. Deterministic.
std::string AuditToSarif(const AuditResult& result, const std::string& version);

}  // namespace bottega

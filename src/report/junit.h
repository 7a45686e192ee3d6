// Findings as JUnit XML, which build servers show as test results.
#pragma once

#include <string>

#include "audit/finding.h"

namespace bottega {

// One test case a check: failed when one of its findings is at least as grave as `gate` ("info",
// "warning", "error"; "none": never), skipped with the reason when it did not run, else passed with
// its findings as output. At most 100 findings of a check are written out. Deterministic.
std::string AuditToJunit(const AuditResult& result, const std::string& gate);

}  // namespace bottega

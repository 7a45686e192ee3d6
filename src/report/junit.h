// Findings as JUnit XML, which build servers show as test results.
#pragma once

#include <string>

#include "audit/finding.h"

namespace bottega {

// One test suite a theme, one test case a check: failed when one of its open findings is at least
// as grave as `gate` ("info", "warning", "error"; "none": never), an error when it broke off,
// skipped with the reason when it did not apply, else passed with its findings as output. Waived
// and known findings never fail. At most 100 findings of a check are written out. Deterministic.
std::string AuditToJunit(const AuditResult& result, const std::string& gate);

}  // namespace bottega

// The four headings under which an audit is summed up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/finding.h"

namespace bottega {

// cleaning         completeness, consistency, redundancy, freshness: what repairs can mend
// annotation       accuracy: whether the labels are right
// diversity        balance, bias: whom and what the data hold, and whom not
// quality control  every other theme: what a person must decide (relevance, leakage, privacy, ...)
struct AuditArea {
  std::string name;
  SeverityCounts open{};
  int64_t waived = 0, known = 0;
  int64_t ran = 0, skipped = 0, faults = 0;  // checks
  std::vector<const CheckOutcome*> found;    // checks with open findings
  std::string verdict_kind() const;          // "error", "warning", "info", "good", ""
  std::string verdict() const;               // a sentence
};

std::string_view AreaOf(std::string_view theme);

// All four, in this order. Borrows the outcomes of `result`.
std::vector<AuditArea> SumUpAreas(const AuditResult& result);

}  // namespace bottega

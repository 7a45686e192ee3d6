// The page of `bottega audit --history`: how the audits of one data source went over time.
#pragma once

#include <string>
#include <vector>

#include "audit/history.h"

namespace bottega {

struct HistoryFacts {
  std::string source;   // as the user named it
  std::string version;  // of the program
  std::string time;     // UTC, as NowUtc() gives it
};

// Open findings over time in all, then those of the up to 8 checks that changed most, then a table
// of the last 200 audits with what became worse. Plots show the last 500; audits of less than 9 in
// 10 checks of an earlier one are left out of the total. Deterministic.
std::string AuditHistoryHtml(const std::vector<AuditSummary>& history, const HistoryFacts& facts);

// "missing_values: 2 more errors, class_balance: new"; "" for nothing.
std::string WorseText(const AuditSummary& then, const AuditSummary& now);

}  // namespace bottega

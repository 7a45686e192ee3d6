// Findings as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the files.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "audit/finding.h"

namespace bottega {

struct SarifFacts {
  std::string version;  // of the program
  std::string source;   // path of the data as typed
  std::string root;     // what the paths of pictures are relative to; "" where there are none
  std::string inside;   // where relative paths begin, from the root of the checkout
  std::unordered_map<int64_t, int64_t> lines;  // of records in the source, where it has lines
  int64_t header_line = -1;                    // where the names of columns stand
  bool baseline = false;                       // findings were compared with one
};

// One run of the tool `bottega`, one rule a check with its help, one result a finding: at most
// 1,000 a check and 25,000 in all (what code hosts take), the gravest first; the run's property
// `leftOut` counts the others. Severity info, warning, error become the levels note, warning,
// error. Paths stay relative where they are; findings of a column stand at the line of the column
// names, findings of rows at the line of the first row, the other rows as related locations.
// The finding's id is the partial fingerprint `bottega/v2`, and `primaryLocationLineHash`, by which
// code hosts know an alert again. A waiver is a suppression; with a baseline each result has a
// baselineState. Checks that broke off are notifications of a run that did not succeed.
// Deterministic.
std::string AuditToSarif(const AuditResult& result, const SarifFacts& facts);

}  // namespace bottega

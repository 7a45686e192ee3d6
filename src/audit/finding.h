// A finding: what an audit saw, where, how sure it is, and how to fix it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"

namespace bottega {

enum class Severity { kInfo, kWarning, kError };
std::string_view SeverityName(Severity severity);
Severity ParseSeverity(std::string_view name);

// That somebody looked at a finding and accepts it, for a time (audit/waivers.h).
struct Waived {
  std::string reason, by, until;  // `until` as 2027-01-31; "": without an end
};
// " until 2027-01-31", or nothing.
std::string UntilText(const Waived& waived);

struct Finding {
  std::string id;  // "<check>-<12 hexadecimal digits>": audit/fingerprint.h
  std::string check;
  Severity severity = Severity::kWarning;
  double confidence = 1;  // [0, 1]
  Place place;
  std::string message;
  std::string fix;  // a sentence or a command
  Json detail;      // check-specific: other rows, values, intervals, scores
  // What makes it this defect and no other, where fingerprint.h would not see it; else empty.
  std::string key;
  std::optional<Waived> waived;
  bool known = false;  // the baseline has it, as grave or graver

  bool open() const { return !waived && !known; }
};

// Findings that are neither waived nor known, by severity.
using SeverityCounts = std::array<int64_t, 3>;

struct CheckOutcome {
  std::string name;
  bool ran = true;
  std::string reason;              // why it did not run
  int64_t count = 0;               // findings, also those beyond the first 1,000
  std::optional<ErrorKind> fault;  // it broke off: `reason` says how
  SeverityCounts open{};
  int64_t waived = 0, known = 0;
  std::vector<std::string> further;  // ids of findings that audit.json no longer spells out
};

// Per row of the data, how sound a check finds it (Findings::Score).
struct CheckScores {
  std::string check;
  std::vector<float> rows;
};

// Out-of-fold class probabilities of a check's models (Findings::Probabilities).
struct CheckProbabilities {
  std::string check;
  std::vector<std::string> classes;
  std::vector<float> values;  // rows x classes
};

struct AuditResult {
  std::vector<CheckOutcome> checks;
  std::vector<Finding> findings;  // all of them
  std::vector<CheckScores> scores;
  std::vector<CheckProbabilities> probabilities;
  int64_t rows = 0;
  int64_t sampled = 0;  // rows that most checks looked at, where `rows` were too many; else 0
  std::string source;   // the data as the recipe names them; "" where it was not told
  std::string sha256;   // of the data
  Json policy;          // what a law asks and what was found (audit/policy.h); null without one
};

// "GDPR Art. 9, CCPA 1798.121": what the finding touches by its detail.policy; "" without one.
std::string PolicyText(const Finding& finding);

// Counts `open`, `waived` and `known` of every outcome anew, after findings were waived or known.
void CountOutcomes(AuditResult* result);
// Over all checks.
SeverityCounts OpenCounts(const AuditResult& result);

}  // namespace bottega

// A finding: what an audit saw, where, how sure it is, and how to fix it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"

namespace bottega {

enum class Severity { kInfo, kWarning, kError };
std::string_view SeverityName(Severity severity);
Severity ParseSeverity(std::string_view name);

struct Finding {
  std::string id;  // "<check>-<n>", stable for the same data and settings
  std::string check;
  Severity severity = Severity::kWarning;
  double confidence = 1;  // [0, 1]
  Place place;
  std::string message;
  std::string fix;  // a sentence or a command
  Json detail;      // check-specific: other rows, values, intervals, scores
};

struct CheckOutcome {
  std::string name;
  bool ran = true;
  std::string reason;  // why it did not run
  int64_t count = 0;   // findings, also those beyond the first 1,000
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
};

}  // namespace bottega

// Conditions on results, one grammar everywhere: [lower|upper](path) op number; a bare path is the
// value. Gates are a map of conditions: {audit: error, validation.f1: ">= 0.60"}.
//
// Paths: PART.METRIC and anything below it in metrics.json (test.accuracy, test.per_class.A.f1,
// test.baseline.accuracy), fairness.GAP (fairness.json), audit.CHECK (findings of that check).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace bottega {

struct Condition {
  enum class Bound { kValue, kLower, kUpper };
  enum class Op { kGreaterEqual, kGreater, kLessEqual, kLess, kEqual, kNotEqual };
  Bound bound = Bound::kValue;
  std::string path;
  Op op = Op::kGreaterEqual;
  double number = 0;

  std::string What() const;      // "lower(test.f1)"
  std::string Needed() const;    // ">= 0.6"
  std::string ToString() const;  // "lower(test.f1) >= 0.6"
};

// The whole condition in one text. Error kRecipe says what was expected.
Condition ParseCondition(const std::string& text);
// The two halves of a gate: `left` = "lower(test.f1)", `right` = ">= 0.6".
Condition ParseCondition(const std::string& left, const std::string& right);
bool Holds(const Condition& condition, double actual);

// The files that paths are looked up in; nullptr: not there yet.
struct ResultFiles {
  const Json* metrics = nullptr;
  const Json* fairness = nullptr;
  const Json* audit = nullptr;
};

// Whether the file that the condition speaks of is given.
bool IsKnown(const Condition& condition, const ResultFiles& files);
// The number at the condition's path; nullopt where it is undefined (null). Error kRecipe when
// there is no such path (names the nearest) or no interval where a bound is asked for.
std::optional<double> Lookup(const Condition& condition, const ResultFiles& files);

struct GateOutcome {
  std::string gate;  // "validation.f1 >= 0.6", "audit: error"
  bool passed = true;
  Json actual;          // null where undefined
  std::string message;  // "validation.f1 is 0.5312, needed >= 0.6"
};

// `audit` and `audit_due`, whose values are severities and no conditions.
bool IsAuditGate(const std::string& key);
bool IsDueGate(const std::string& key);
// Throws one kRecipe Error that lists every gate that cannot be parsed.
void CheckGates(const Json& gates);
// The outcome of each gate whose file is given, in order. `audit: SEVERITY` fails when there is a
// finding of that severity or a graver one (info, warning, error) that is not waived; `audit: none`
// never fails. `audit_due` (none, warning, error) has no outcome here: it is judged before
// training.
std::vector<GateOutcome> EvaluateGates(const Json& gates, const ResultFiles& files);

}  // namespace bottega

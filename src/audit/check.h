// Check: one thing that an audit looks at. A check reads the data and reports findings; it changes
// nothing. Each is one file with its Spec, listed in checks.cc.
#pragma once

#include <string>
#include <vector>

#include "audit/finding.h"
#include "audit/shared.h"
#include "base/json.h"
#include "data/dataset.h"
#include "spec/spec.h"
#include "split/row_plan.h"

namespace bottega {

// What a check gets. `shared` holds what several checks need, computed on first use; thread-safe.
struct AuditContext {
  const Dataset& data;
  const Json& settings;  // the check's own, resolved
  const RowPlan* split;  // nullptr before the split was made
  AuditShared& shared;
  double level = 0.95;      // of intervals
  int64_t sample = 50'000;  // rows that costly comparisons look at
  uint64_t seed = 7;
};

// Collects what one check found, in order; ids are given afterwards.
class Findings {
 public:
  explicit Findings(std::string check) : check_(std::move(check)) {}

  // The returned reference is valid until the next Add.
  Finding& Add(Severity severity, Place place, std::string message, std::string fix);
  // The check has nothing to look at; `reason` as in "no column is sensitive".
  void Skip(std::string reason);

  const std::string& skipped() const { return skipped_; }
  std::vector<Finding>& items() { return items_; }

 private:
  std::string check_;
  std::string skipped_;
  std::vector<Finding> items_;
};

struct Check {
  const Spec& (*spec)();
  void (*run)(const AuditContext&, Findings&);
};

const std::vector<Check>& Checks();  // in the order in which reports show them
SpecList CheckSpecs();

}  // namespace bottega

// The audit stage: runs the checks that the recipe asks for, and tells how the data fare.
#pragma once

#include "audit/finding.h"
#include "base/json.h"
#include "data/dataset.h"
#include "split/row_plan.h"

namespace bottega {

// What an audit may know beside the data; borrowed.
struct AuditSources {
  const Json* recipe = nullptr;    // the whole resolved recipe
  const RowPlan* split = nullptr;  // with it, overlap between its parts is looked for
};

// `section` is the resolved `audit` section (audit/audit_section.h). Findings come in the order of
// the checks, within a check the gravest first where it says so, and are the same for the same data
// and settings whatever the number of threads. Errors: kRecipe for a severity or check that does
// not exist.
AuditResult RunAudit(const Dataset& data, const Json& section, const AuditSources& sources = {});

// `result`, an audit of data that had no split yet, with the outcome of the checks that compare
// parts (split_overlap, group_overlap, time_travel) on the repaired rows and their split, as far as
// `section` has them.
void AddSplitChecks(const Dataset& repaired, const Json& section, const RowPlan& split,
                    AuditResult* result);

// The worst severity found is at least `gate` ("info", "warning", "error"; "none" never is).
bool FailsGate(const AuditResult& result, const std::string& gate);

}  // namespace bottega

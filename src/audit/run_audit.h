// The audit stage: runs the checks that the recipe asks for, and tells how the data fare.
#pragma once

#include <optional>

#include "audit/check.h"
#include "audit/finding.h"
#include "base/json.h"
#include "data/dataset.h"
#include "split/row_plan.h"

namespace bottega {

class WholeTable;

// What an audit may know beside the data; borrowed.
struct AuditSources {
  const Json* recipe = nullptr;       // the whole resolved recipe
  const RowPlan* split = nullptr;     // with it, overlap between its parts is looked for
  const WholeTable* whole = nullptr;  // of all rows, where the data are a sample of them
  const AuditMemory* memory = nullptr;
  const Embedding* embedding = nullptr;
};

// `section` is the resolved `audit` section (audit/audit_section.h). Findings come in the order of
// the checks, within a check the gravest first where it says so, and are the same for the same data
// and settings whatever the number of threads. With a memory its waivers are applied. A check that
// breaks off is an outcome with a fault. Errors: kRecipe and kUsage, also those of a check: what
// was asked for is wrong.
AuditResult RunAudit(const Dataset& data, const Json& section, const AuditSources& sources = {});

// What one check found; a fault is told by `fault` and the reason of the skip.
struct CheckRun {
  Findings findings;
  std::optional<ErrorKind> fault;
};
CheckRun RunCheck(const Check& check, const AuditContext& context);

// `result`, an audit of data that had no split yet, with the outcome of the checks that compare
// parts (split_overlap, group_overlap, time_travel) on the repaired rows and their split, as far as
// `section` has them. `sources` names split and memory.
void AddSplitChecks(const Dataset& repaired, const Json& section, const AuditSources& sources,
                    AuditResult* result);

// The first check that broke off as an Error whose hint says how to go on without all that did;
// nullopt if none did. `command` is what was typed, as in "bottega audit loans.csv".
std::optional<Error> FaultOf(const AuditResult& result, const std::string& command);

// The worst severity of the open findings is at least `gate` ("info", "warning", "error"; "none"
// never is).
bool FailsGate(const AuditResult& result, const std::string& gate);

}  // namespace bottega

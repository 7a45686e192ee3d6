// What each class of defect costs a model: held-out score with and without it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/finding.h"
#include "audit/run_audit.h"
#include "base/json.h"
#include "data/dataset.h"
#include "profile/association.h"

namespace bottega {

struct DefectCost {
  std::string check;  // "all of them" for the last
  std::string theme;
  int64_t rows = 0, cells = 0;  // in the data
  double without = 0;           // score of the probe that did not learn from the defect
  Estimate cost;                // score without less score with, and its interval
  Estimate log_loss;            // the same of the log loss, with less without; 0 for numbers
};

struct AuditCost {
  std::string metric;     // "accuracy", or "r2" of a target that is a number
  std::string probe;      // "boosted trees" ...
  std::string reason;     // why there is no cost; empty where there is
  double with = 0;        // score of the probe on the data as they are
  int64_t scored = 0;     // rows whose score it is: nothing was found in them,
  std::string scored_on;  // "rows without findings"; "labels without findings" where few are
  int repeats = 0, folds = 0;
  std::vector<DefectCost> defects;  // those that a check named, then all of them together
};

// For each check that named rows or cells (audit/defects.h), probes are fitted on the training part
// of every fold with the defect in it and without: flagged rows and labels left out, flagged cells
// made missing. Both are scored on the held-out rows that nothing was found in (below a fifth of
// the rows: nothing in their label). Wrong labels are looked for anew within each training part, so
// that no held-out label has a say in what is left out. Cost is the mean difference over rows; its
// interval comes from a paired bootstrap over groups of rows, the differences of `repeats`
// divisions into folds averaged before. At most `sample` rows of the section take part. Positive:
// the defect costs.
AuditCost MeasureCost(const Dataset& data, const Json& section, const AuditResult& audit,
                      int repeats = 3);

Json CostToJson(const AuditCost& cost);

}  // namespace bottega

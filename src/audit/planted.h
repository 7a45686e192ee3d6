// How an audit, and a model learned from the same data, fared against what a generator of the demo
// data knows to be true.
#pragma once

#include <string>
#include <vector>

#include "audit/finding.h"
#include "base/json.h"
#include "data/dataset.h"
#include "metric/predictions.h"

namespace bottega {

struct PlantedScore {
  std::string kind;   // "wrong labels"
  std::string check;  // the check that looks for it
  int64_t planted = 0, found = 0;
  int64_t false_alarms = 0;  // rows (or columns) that the check names and nobody planted
};

// `truth` is that of GenerateFruit or GenerateLoans; `data` the dataset that was audited.
std::vector<PlantedScore> ScorePlanted(const Json& truth, const AuditResult& audit,
                                       const Dataset& data);

// Rows of `predictions` that are in `part`, scored against the labels as given and the true ones.
struct LabelAccuracy {
  double given = 0, truly = 0;  // shares from 0 to 1
  int64_t rows = 0;
};
LabelAccuracy ScoreLabels(const Json& truth, const Predictions& predictions, const Dataset& data,
                          const std::string& part);

}  // namespace bottega

// Scores of many runs at once, for `runs list --where` and `--sort`.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "metric/condition.h"
#include "run/run_index.h"

namespace bottega {

// Of each run the number that a condition speaks of: from the index where it keeps that, else from
// the runs' own metrics.json, fairness.json and audit.json.
class RunScores {
 public:
  // Errors: kRecipe for a path that no run can have.
  RunScores(RunIndex* index, const Condition& condition, const std::vector<RunRecord>& runs);
  // NaN where the run has no such number.
  double Of(const std::string& run) const;

 private:
  std::unordered_map<std::string, double> values_;
};

// Whether more is better at a path: false for losses, errors, gaps, counts of findings and costs.
bool IsLargerBetter(const std::string& path);

}  // namespace bottega

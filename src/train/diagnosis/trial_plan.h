// Which trainings a diagnosis makes within its budget, and what they are called.
#pragma once

#include <string>
#include <vector>

#include "metric/diagnosis/candidates.h"
#include "train/diagnosis/trials.h"

namespace bottega {

struct TrialPlan {
  int seeds = 3;
  double share = 1;           // of the training rows that changes are tried on
  std::vector<int64_t> rows;  // those
  std::vector<Change> changes;
  std::vector<Change> skipped;  // for which there is no budget
  bool short_curve = false;     // fewer trainings for the learning curve
  double cost = 0;              // in trainings of the run's length over its rows
};

// Within `budget`: fewer seeds first (down to 2), then fewer rows (down to an eighth, at least
// 200), then fewer changes from the end of the list. A fifth is kept for what the first round
// suggests.
TrialPlan PlanTrials(const TrainSetup& setup, std::vector<Change> changes, double budget,
                     int seeds);

// Jobs of a change: one a seed. NAME-sS.
std::vector<TrialJob> JobsOf(const Change& change, const TrialPlan& plan);
double CostOf(const Change& change, const TrialPlan& plan);

// The learning curve's: slices of permutations of setup.train, an eighth, a quarter, and both
// halves, each of which also judges the other half. They get as many steps as they are smaller, up
// to four times.
std::vector<TrialJob> CurveJobs(const TrainSetup& setup, bool few);

// [a-z0-9-] of any text.
std::string FolderName(const std::string& text);

}  // namespace bottega

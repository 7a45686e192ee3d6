// Short trainings beside a finished run, each with one thing changed, judged on the run's own
// validation rows.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "metric/predictions.h"
#include "train/setup.h"

namespace bottega {

// Applies what `--set` takes over the run's resolved recipe. Errors: kRecipe.
using ResolveSets = std::function<Json(const std::vector<std::string>& sets)>;

struct TrialBench {
  const TrainInputs* run = nullptr;  // the finished run
  const TrainSetup* setup = nullptr;
  ResolveSets resolve;
  std::filesystem::path scratch;  // a folder for each training; finished ones found there are taken
  std::string score;              // the metric that is told beside the loss
};

struct TrialJob {
  std::string name;  // of its folder
  std::vector<std::string> sets;
  std::vector<int64_t> rows;  // positions that are trained on, out of setup.train
  int64_t seed = 0;           // added to the run's
  double longer = 1;          // epochs and patience times this
  bool judge_rest = false;    // predict the rows of setup.train that are not in `rows`
};

struct TrialResult {
  std::string error;         // why there is no model; "" when there is one
  std::vector<double> loss;  // of the validation rows; infinite where there is no model
  double score = 0;
  std::vector<int64_t> rest;  // positions, with judge_rest
  Predictions of_rest;
};

// All of them, as many at once as the machine has room for (train/side_by_side.h). Throws what that
// throws; what was finished is found again.
std::vector<TrialResult> RunTrials(const TrialBench& bench, const std::vector<TrialJob>& jobs);

// Answers of the model in `folder` for those positions.
Predictions PredictWith(const std::filesystem::path& folder, const TrainSetup& setup,
                        const std::vector<int64_t>& positions);

// What every model is judged by, whatever it was trained with: -log p of the label, or the squared
// error in units of the target's spread.
std::vector<double> ProperLosses(const Predictions& predictions, const FittedPlan& plan);
// The same of always answering the training rows' class frequencies, or their mean.
std::vector<double> GuessingLosses(const TrainSetup& setup, const std::vector<int64_t>& positions);

}  // namespace bottega

// The `cv` section of metrics.json (doc/formats/metrics.md).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "metric/predictions.h"
#include "metric/tally.h"

namespace bottega {

// What predictions of a fold's held-out rows are called among the parts of predictions.parquet.
inline constexpr const char* kOutOfFold = "out_of_fold";

struct FoldResult {
  int repeat = 0, fold = 0;
  int64_t learned = 0;      // rows that it trained on and chose its best epoch on
  Predictions predictions;  // of the rows that were held out
};

// Every metric of the task: its value in each fold, mean, deviation, and the corrected resampled t
// interval of the mean, cut off at what the metric can be; folds where it is undefined do not
// count. `bins`: of ece. At least one fold.
Json CrossValidationScores(const std::vector<FoldResult>& folds, double level, int bins = kBins);

// `own` and behind it the first repeat of `folds`: each row out of its fold once.
Predictions WithOutOfFold(const Predictions& own, const std::vector<FoldResult>& folds);

// `predictions` with the classes, targets, weights and groups that `rows` has for the same records.
// A fold's model knows the classes of its own training rows only: the probability of others is 0.
Predictions AlignedTo(const Predictions& rows, const Predictions& predictions);

}  // namespace bottega

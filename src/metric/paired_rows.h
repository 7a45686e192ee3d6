// The answers of several models to the same rows.
#pragma once

#include <cstdint>
#include <vector>

#include "metric/predictions.h"

namespace bottega {

// Predictions of several models cut to the rows that all of them answered, in the same order, with
// the classes of the first.
struct PairedRows {
  std::vector<Predictions> models;
  std::vector<int64_t> own;  // rows with a known target that each model answered
  int64_t common = 0;        // rows that all of them answered
  int64_t other_target = 0;  // of these, rows left out because the models' truths differ
};

// Errors (kData): tasks or classes differ, or a model answered a row twice.
PairedRows PairRows(const std::vector<Predictions>& models);

}  // namespace bottega

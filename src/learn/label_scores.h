// What rows like it say of each row's class, from a dense matrix of features.
#pragma once

#include <cstdint>
#include <vector>

#include "learn/matrix.h"

namespace bottega {

struct LabelScoreOptions {
  int neighbors = 25;
  int64_t references = 10'000;  // rows that neighbours are taken from (a fixed sample)
  uint64_t seed = 7;
};

// Probabilities, rows x classes, of every row by other rows: the neighbours' votes and a linear
// probe fitted on other folds, each calibrated, in the mixture that fits the labels best. `label`
// holds classes 0 .. classes - 1 or -1 (not learned from). Rows of one `group` (copies of one
// another) do not vote for each other; `fold` must keep them together. Votes fall with the
// distance, 1 / (distance + median). Deterministic for a seed.
Matrix NeighborAndLinearScores(const Matrix& features, const std::vector<int32_t>& label,
                               int classes, const std::vector<int64_t>& group,
                               const std::vector<int32_t>& fold, int folds,
                               const LabelScoreOptions& options);

// Least-squares scores as shares: a softmax whose sharpness makes a clear win about 0.98.
void ScoresToShares(float* scores, int classes);

// Shares of rows whose likeliest class is their label.
struct Agreement {
  double accuracy = 0;
  double balanced_accuracy = 0;  // mean over classes
  double deviation = 0;          // standard error of that mean
};
Agreement AgreementOf(const std::vector<int32_t>& label, const Matrix& probability);

}  // namespace bottega

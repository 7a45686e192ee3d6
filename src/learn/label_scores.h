// How well each row's label fits rows like it, judged by rows other than itself.
#pragma once

#include <cstdint>
#include <vector>

#include "learn/matrix.h"

namespace bottega {

struct LabelScores {
  Matrix probability;  // rows x classes: mean of neighbours' votes and the linear probe
  std::vector<float> neighbor_share;  // per row: share of the neighbours' votes for its own label
  std::vector<float> probe_margin;    // probe's score of its label minus the best other one
  double accuracy = 0;                // out-of-fold, of the joint probability against the labels
  double balanced_accuracy = 0;       // mean over classes
  int64_t features = 0;
};

struct LabelScoreOptions {
  int neighbors = 15;
  int64_t references = 10'000;  // rows that neighbours are taken from (a fixed sample)
  int folds = 5;
  uint64_t seed = 7;
};

// `label` holds classes 0 .. classes - 1 or -1 (not judged, not learned from). Rows of one `group`
// (copies of one another) neither vote for each other nor sit in different folds. Votes fall with
// the distance, 1 / (distance + median), and are weighted so that every class has equal weight.
// Deterministic for a seed.
LabelScores ScoreLabels(const Matrix& features, const std::vector<int32_t>& label, int classes,
                        const std::vector<int64_t>& group, const LabelScoreOptions& options);

}  // namespace bottega

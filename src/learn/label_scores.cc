#include "learn/label_scores.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.h"
#include "learn/blend.h"
#include "learn/linear_probe.h"
#include "learn/neighbors.h"

namespace bottega {
namespace {

// Labelled rows, at most `most` of them, ascending.
std::vector<int64_t> SampleLabelled(const std::vector<int32_t>& label, int64_t most,
                                    uint64_t seed) {
  std::vector<int64_t> rows;
  for (const int64_t row :
       Permutation(static_cast<int64_t>(label.size()), seed, Purpose::kSample)) {
    if (label[static_cast<size_t>(row)] < 0) continue;
    rows.push_back(row);
    if (static_cast<int64_t>(rows.size()) == most) break;
  }
  std::ranges::sort(rows);
  return rows;
}

// Neighbours' weighted votes, rows x classes, each row summing to 1.
Matrix Votes(const Matrix& x, const std::vector<int32_t>& label, int classes,
             const std::vector<int64_t>& group, const LabelScoreOptions& options) {
  const std::vector<int64_t> sample = SampleLabelled(label, options.references, options.seed);
  std::vector<int64_t> sample_group;
  for (const int64_t row : sample) sample_group.push_back(group[static_cast<size_t>(row)]);
  const Neighbors near =
      NearestNeighbors(TakeMatrixRows(x, sample), x, options.neighbors, sample_group, group);
  std::vector<float> distances;
  for (const float d : near.distance) {
    if (std::isfinite(d)) distances.push_back(d);
  }
  float median = 1;
  if (!distances.empty()) {
    const auto middle = distances.begin() + static_cast<int64_t>(distances.size() / 2);
    std::nth_element(distances.begin(), middle, distances.end());
    median = std::max(*middle, 1e-6F);
  }
  Matrix votes(x.rows, classes);
  for (int64_t r = 0; r < x.rows; ++r) {
    // One vote is shared by all classes, so that none is ruled out.
    double sum = 1 / (2 * median);
    for (int c = 0; c < classes; ++c) votes.row(r)[c] = static_cast<float>(sum / classes);
    for (int j = 0; j < near.k; ++j) {
      const size_t at = static_cast<size_t>(r * near.k + j);
      if (near.index[at] < 0) break;
      const int32_t y = label[static_cast<size_t>(sample[static_cast<size_t>(near.index[at])])];
      const double weight = 1 / (near.distance[at] + median);
      votes.row(r)[y] += static_cast<float>(weight);
      sum += weight;
    }
    for (int c = 0; c < classes; ++c) votes.row(r)[c] /= static_cast<float>(sum);
  }
  return votes;
}

}  // namespace

void ScoresToShares(float* scores, int classes) {
  constexpr float kSharpness = 5;
  const float top = *std::max_element(scores, scores + classes);
  float sum = 0;
  for (int c = 0; c < classes; ++c) {
    scores[c] = std::exp(kSharpness * (scores[c] - top));
    sum += scores[c];
  }
  for (int c = 0; c < classes; ++c) scores[c] /= sum;
}

Agreement AgreementOf(const std::vector<int32_t>& label, const Matrix& probability) {
  const int64_t classes = probability.columns;
  std::vector<double> right(static_cast<size_t>(classes)), all(static_cast<size_t>(classes));
  for (int64_t r = 0; r < probability.rows; ++r) {
    const int32_t y = label[static_cast<size_t>(r)];
    if (y < 0) continue;
    const float* p = probability.row(r);
    all[static_cast<size_t>(y)] += 1;
    right[static_cast<size_t>(y)] += std::max_element(p, p + classes) - p == y;
  }
  double mean = 0, variance = 0, present = 0;
  for (size_t c = 0; c < all.size(); ++c) {
    if (all[c] == 0) continue;
    const double share = right[c] / all[c], likely = (right[c] + 1) / (all[c] + 2);
    mean += share;
    variance += likely * (1 - likely) / all[c];
    present += 1;
  }
  const double n = std::accumulate(all.begin(), all.end(), 0.0);
  if (n == 0) return {};
  return {std::accumulate(right.begin(), right.end(), 0.0) / n, mean / present,
          std::sqrt(variance) / present};
}

Matrix NeighborAndLinearScores(const Matrix& features, const std::vector<int32_t>& label,
                               int classes, const std::vector<int64_t>& group,
                               const std::vector<int32_t>& fold, int folds,
                               const LabelScoreOptions& options) {
  Matrix votes = Votes(features, label, classes, group, options);
  Matrix probe = RidgeScores(features, label, classes, fold, folds);
  for (int64_t r = 0; r < probe.rows; ++r) ScoresToShares(probe.row(r), classes);
  Calibrate(label, &votes);
  Calibrate(label, &probe);
  return Blend(label, votes, probe);
}

}  // namespace bottega

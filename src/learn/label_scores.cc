#include "learn/label_scores.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/random.h"
#include "learn/linear_probe.h"
#include "learn/neighbors.h"

namespace bottega {
namespace {

Matrix TakeMatrixRows(const Matrix& from, const std::vector<int64_t>& rows) {
  Matrix out(static_cast<int64_t>(rows.size()), from.columns);
  for (size_t i = 0; i < rows.size(); ++i) {
    std::copy_n(from.row(rows[i]), from.columns, out.row(static_cast<int64_t>(i)));
  }
  return out;
}

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

std::vector<double> ClassWeights(const std::vector<int32_t>& label, int classes) {
  std::vector<double> count(static_cast<size_t>(classes), 0);
  for (const int32_t y : label) {
    if (y >= 0) count[static_cast<size_t>(y)] += 1;
  }
  const double most = *std::ranges::max_element(count);
  // Between no weight and full balance: rare classes gain, their noise is not blown up.
  for (double& c : count) c = c > 0 ? std::sqrt(most / c) : 0;
  return count;
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
  const std::vector<double> weights = ClassWeights(label, classes);
  Matrix votes(x.rows, classes);
  for (int64_t r = 0; r < x.rows; ++r) {
    double sum = 0;
    for (int j = 0; j < near.k; ++j) {
      const size_t at = static_cast<size_t>(r * near.k + j);
      if (near.index[at] < 0) break;
      const int32_t y = label[static_cast<size_t>(sample[static_cast<size_t>(near.index[at])])];
      const double weight = weights[static_cast<size_t>(y)] / (near.distance[at] + median);
      votes.row(r)[y] += static_cast<float>(weight);
      sum += weight;
    }
    for (int c = 0; c < classes; ++c) {
      votes.row(r)[c] =
          sum > 0 ? static_cast<float>(votes.row(r)[c] / sum) : 1.0F / static_cast<float>(classes);
    }
  }
  return votes;
}

// Copies share the fold of the first of their group.
std::vector<int32_t> FoldsOf(const std::vector<int64_t>& group, int folds, uint64_t seed) {
  std::vector<int32_t> fold(group.size());
  for (size_t i = 0; i < group.size(); ++i) {
    Random random(seed, Purpose::kSample, 1, group[i]);
    fold[i] = static_cast<int32_t>(random.Below(folds));
  }
  return fold;
}

// Least-squares scores as shares: a softmax whose sharpness makes a clear win about 0.98.
void ToShares(float* scores, int classes) {
  constexpr float kSharpness = 5;
  const float top = *std::max_element(scores, scores + classes);
  float sum = 0;
  for (int c = 0; c < classes; ++c) {
    scores[c] = std::exp(kSharpness * (scores[c] - top));
    sum += scores[c];
  }
  for (int c = 0; c < classes; ++c) scores[c] /= sum;
}

void Accuracies(const std::vector<int32_t>& label, int classes, LabelScores* out) {
  std::vector<double> right(static_cast<size_t>(classes)), all(static_cast<size_t>(classes));
  for (int64_t r = 0; r < out->probability.rows; ++r) {
    const int32_t y = label[static_cast<size_t>(r)];
    if (y < 0) continue;
    const float* p = out->probability.row(r);
    all[static_cast<size_t>(y)] += 1;
    right[static_cast<size_t>(y)] += std::max_element(p, p + classes) - p == y;
  }
  double mean = 0, present = 0;
  for (size_t c = 0; c < all.size(); ++c) {
    if (all[c] == 0) continue;
    mean += right[c] / all[c];
    present += 1;
  }
  const double n = std::accumulate(all.begin(), all.end(), 0.0);
  out->accuracy = n > 0 ? std::accumulate(right.begin(), right.end(), 0.0) / n : 0;
  out->balanced_accuracy = present > 0 ? mean / present : 0;
}

}  // namespace

LabelScores ScoreLabels(const Matrix& features, const std::vector<int32_t>& label, int classes,
                        const std::vector<int64_t>& group, const LabelScoreOptions& options) {
  LabelScores out;
  out.features = features.columns;
  const Matrix votes = Votes(features, label, classes, group, options);
  const Matrix probe = RidgeScores(features, label, classes,
                                   FoldsOf(group, options.folds, options.seed), options.folds);
  out.probability = probe;
  out.neighbor_share.assign(label.size(), 0);
  out.probe_margin.assign(label.size(), 0);
  for (int64_t r = 0; r < features.rows; ++r) {
    const int32_t y = label[static_cast<size_t>(r)];
    float* p = out.probability.row(r);
    if (y >= 0) {
      float other = -std::numeric_limits<float>::infinity();
      for (int c = 0; c < classes; ++c) {
        if (c != y) other = std::max(other, p[c]);
      }
      out.neighbor_share[static_cast<size_t>(r)] = votes.at(r, y);
      out.probe_margin[static_cast<size_t>(r)] = p[y] - other;
    }
    ToShares(p, classes);
    for (int c = 0; c < classes; ++c) p[c] = (p[c] + votes.at(r, c)) / 2;
  }
  Accuracies(label, classes, &out);
  return out;
}

}  // namespace bottega

// The fitting of BoostedTrees, round by round.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "learn/boosted_trees.h"

namespace bottega {

// The state of one fit: scores of the rows that are learned from and of those that validate.
class Booster {
 public:
  Booster(const BinnedMatrix& x, const BoostOptions& options, int outputs)
      : x_(x),
        options_(options),
        outputs_(static_cast<size_t>(outputs)),
        grower_(x, {.leaves = options.leaves,
                    .min_hessian = options.min_hessian,
                    .l2 = options.l2,
                    .shrink = options.learning_rate}) {}

  void UseClasses(const std::vector<int32_t>& rows, const std::vector<int32_t>& label,
                  BoostedTrees* model);
  void UseValues(const std::vector<int32_t>& rows, const std::vector<double>& value,
                 BoostedTrees* model);
  void Run(BoostedTrees* model);

 private:
  // Divides the rows for which `usable` holds.
  void Divide(const std::vector<int32_t>& rows, const std::function<bool(int32_t)>& usable);
  void LogisticGradients();
  void SoftmaxProbabilities();
  void SoftmaxGradients(size_t output);
  void SquaredGradients();
  void Pack();
  void GrowTree(size_t output, BoostedTrees* model);
  double ValidationLoss() const;
  float* ScoreOf(int32_t row) { return &scores_[static_cast<size_t>(row) * outputs_]; }
  const float* ScoreOf(int32_t row) const { return &scores_[static_cast<size_t>(row) * outputs_]; }

  const BinnedMatrix& x_;
  const BoostOptions options_;
  const size_t outputs_;
  TreeGrower grower_;
  const std::vector<int32_t>* label_ = nullptr;
  std::vector<float> target_;  // per row of x, scaled
  std::vector<int32_t> learned_, validated_, order_;
  std::vector<float> scores_, probabilities_;  // rows of x x outputs
  std::vector<float> gradient_, hessian_;      // per learned row
  PackedGradients packed_;
  std::vector<LeafRows> leaves_;
};

}  // namespace bottega

// What train.balance does about classes of unequal size, on training rows only: weights in the loss
// or other orders of an epoch, and the correction that brings probabilities back.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/json.h"

namespace bottega {

// n / (classes * n_class) over the given labels (those below 0 are left out), 0 for a class without
// rows: scikit-learn's class_weight="balanced".
std::vector<double> ClassWeights(std::span<const int32_t> labels, int64_t classes);

// (1 - beta) / (1 - beta^n_class), scaled to a mean of 1 over the labels; 0 for a class without
// rows (Cui et al. 2019, arXiv:1901.05555, equation 2). `beta` below 1.
std::vector<double> EffectiveNumberWeights(std::span<const int32_t> labels, int64_t classes,
                                           double beta);

class Balance {
 public:
  Balance() = default;
  // `settings`: a resolved component of kind "balance", or null for none. `labels`: of the training
  // rows. `weights`: of the training rows before any balancing.
  Balance(const Json& settings, std::vector<int32_t> labels, int64_t classes,
          std::span<const double> weights);

  // What rows of each class are multiplied with in the loss; empty: all 1.
  const std::vector<double>& class_factor() const { return class_factor_; }
  // The order of the training rows (numbers from 0) in an epoch; depends on (seed, epoch) only.
  //   oversample   present classes times the rows of the largest, each row floor or ceil of its
  //                share of times
  //   undersample  as many of each class as the smallest has, without repeats
  //   sampler      n rows, every class equally often
  bool draws() const;  // whether Order() does anything but shuffle
  std::vector<int64_t> Order(int64_t rows, uint64_t seed, int64_t epoch) const;
  int64_t EpochRows(int64_t rows) const;

  // Per class log(share among the rows / share trained on), by weight; empty where nothing is
  // corrected. Added to the logits it turns p'_c into p_c = p'_c r_c / sum_k p'_k r_k with the
  // ratio r of the two shares (Saerens et al. 2002, Neural Computation 14, equation 2.4; for two
  // classes King and Zeng 2001, the prior correction of the intercept). 0 for classes without rows.
  const std::vector<float>& logit_offset() const { return logit_offset_; }

 private:
  std::vector<int64_t> ByClass(int64_t rows, uint64_t seed, int64_t epoch) const;
  void FindOffset(std::span<const double> weights, int64_t classes);

  std::string name_;  // "": none
  std::vector<int32_t> labels_;
  std::vector<int64_t> counts_;  // rows of each class
  int64_t present_ = 0, smallest_ = 0, largest_ = 0;
  std::vector<double> class_factor_, sampling_;
  std::vector<float> logit_offset_;
};

}  // namespace bottega

// A linear classifier over sparse rows.
#pragma once

#include <cstdint>
#include <vector>

#include "learn/matrix.h"
#include "learn/text_features.h"

namespace bottega {

struct SparseLogisticOptions {
  int epochs = 3;     // larger: closer to the minimum; smaller: stops earlier, as a penalty would
  double rate = 0.5;  // of the steps, before AdaGrad scales them per weight
  double l2 = 1e-5;   // pulls a weight to zero each time its feature occurs
  uint64_t seed = 7;
};

// Softmax regression (logistic for two classes) by stochastic gradients with AdaGrad's rates
// (Duchi, Hazan & Singer, JMLR 2011), the weights averaged over the last half of the steps.
class SparseLogistic {
 public:
  // Learns from `rows` whose label is not negative.
  static SparseLogistic Fit(const SparseRows& x, const std::vector<int32_t>& rows,
                            const std::vector<int32_t>& label, int classes,
                            const SparseLogisticOptions& options);
  Matrix Predict(const SparseRows& x, const std::vector<int32_t>& rows) const;

 private:
  int classes_ = 0;
  std::vector<float> weights_;  // (width + 1) x outputs, the intercept last
};

// Each row from a model of the other folds' rows; folds in parallel.
Matrix SparseOutOfFold(const SparseRows& x, const std::vector<int32_t>& label, int classes,
                       const std::vector<int32_t>& fold, int folds,
                       const SparseLogisticOptions& options);

}  // namespace bottega

// Gradient-boosted trees for audits: quick, without a second thread pool, the same on every run.
#pragma once

#include <cstdint>
#include <vector>

#include "learn/binned_matrix.h"
#include "learn/matrix.h"
#include "learn/tree.h"

namespace bottega {

struct BoostOptions {
  int rounds = 120;             // at most; with K > 2 classes K trees each
  double learning_rate = 0.15;  // smaller: smoother probabilities, more rounds
  int leaves = 31;
  double min_hessian = 2;  // in a leaf: 8 rows that are even between two classes, more that are not
  double l2 = 1;
  double validation = 0.1;  // share of the rows that decide when to stop; 0: never early
  int patience = 8;         // rounds without a better validation loss before it stops
  uint64_t seed = 7;
};

// `options` with leaves that suit a small table, and rounds cut so that a fit looks at no more than
// `work` cells and bins, about 3e9 a second (a steeper learning rate makes up for them).
BoostOptions OptionsFor(int64_t rows, int64_t columns, int outputs, BoostOptions options = {},
                        double work = 2e9);

// Newton boosting (Chen & Guestrin, "XGBoost", KDD 2016): logistic loss for two classes, softmax
// for more, squared loss for values.
class BoostedTrees {
 public:
  // Learns from `rows` of x whose label is not negative; labels are 0 .. classes - 1.
  static BoostedTrees FitClasses(const BinnedMatrix& x, const std::vector<int32_t>& rows,
                                 const std::vector<int32_t>& label, int classes,
                                 const BoostOptions& options);
  // Learns from `rows` of x whose value is finite.
  static BoostedTrees FitValues(const BinnedMatrix& x, const std::vector<int32_t>& rows,
                                const std::vector<double>& value, const BoostOptions& options);

  // rows.size() x classes probabilities, or x 1 values; x has the columns it was fitted on.
  Matrix Predict(const BinnedMatrix& x, const std::vector<int32_t>& rows) const;
  int rounds() const;  // that were kept

 private:
  friend class Booster;
  bool values_ = false;
  int classes_ = 0;
  std::vector<double> start_;  // per output
  double scale_ = 1;           // of values
  std::vector<Tree> trees_;    // round by round, an output after the other
};

// Each row from trees that were fitted on the rows of other folds: rows x classes, or x 1. `fold`
// holds 0 .. folds - 1 per row. Folds in parallel, one binned matrix for all.
Matrix OutOfFoldClasses(const BinnedMatrix& x, const std::vector<int32_t>& label, int classes,
                        const std::vector<int32_t>& fold, int folds, const BoostOptions& options);
Matrix OutOfFoldValues(const BinnedMatrix& x, const std::vector<double>& value,
                       const std::vector<int32_t>& fold, int folds, const BoostOptions& options);

}  // namespace bottega

// Imputation of numbers from the other numbers of a row. Columns are standardized by the training
// rows' mean and deviation first, so that no column outweighs another by its unit.
//
// knn (Troyanskaya et al. 2001): the mean of the column over the k nearest training rows that have
//   it, by Euclidean distance over the columns that both rows have, scaled up to all columns
//   (scikit-learn's KNNImputer). Rows without a column in common get the mean.
// iterative (van Buuren and Groothuis-Oudshoorn 2011, without sampling): gaps start at the mean;
//   round by round each column is regressed on all others by ridge, the one with the fewest gaps
//   first, and its gaps get the prediction (scikit-learn's IterativeImputer with Ridge). Rounds end
//   when no gap moves by more than `tolerance` times the largest value.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "clean/step.h"

namespace bottega {

struct RowImputation {
  std::string method;  // "knn", "iterative"
  int64_t neighbors = 5;
  int64_t donors = 1000;  // training rows that are kept to compare with
  int64_t rounds = 10;
  double penalty = 1;  // of ridge, per standardized coefficient squared
};

// At most so many columns: the cost of a round rises with their fourth power.
inline constexpr size_t kMostImputedColumns = 64;

// State of an imputation over the columns named, all of which stand in `train`. Of more than 20,000
// rows, iterative learns from a sample by record number.
Json FitRowImputation(const Frame& train, const std::vector<std::string>& columns,
                      const RowImputation& settings);

// Which of `rows` training rows a knn imputation of at most `most` donors keeps, rising: donor d of
// its state is training row DonorsOf(...)[d]. `training`: their record numbers; empty: 0, 1, ...
std::vector<size_t> DonorsOf(const std::vector<int64_t>& training, size_t rows, size_t most);

class RowImputer {
 public:
  virtual ~RowImputer() = default;
  // Fills gaps of the columns in place; thread-safe.
  virtual void Fill(Frame* frame) const = 0;
};

// Error kData for a state that FitRowImputation cannot have written.
std::shared_ptr<const RowImputer> LoadRowImputation(const Json& state);

}  // namespace bottega

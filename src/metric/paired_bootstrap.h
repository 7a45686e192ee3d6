// Intervals of mean differences between things that were measured on the same rows.
#pragma once

#include <cstdint>
#include <vector>

#include "profile/association.h"

namespace bottega {

// Groups of rows are drawn with replacement (Efron & Tibshirani 1993, section 13.3; the group is
// the unit, so that copies of one row do not count as evidence twice), the same draws for all
// differences.
class PairedBootstrap {
 public:
  explicit PairedBootstrap(const std::vector<int64_t>& group);  // per row, any numbers

  // One difference a row, in the order of the groups.
  void Add(const std::vector<double>& difference);
  // Mean over rows and percentile interval of each difference, in the order in which they came.
  std::vector<Estimate> Intervals(double level, uint64_t seed, int resamples = 1000) const;

 private:
  std::vector<size_t> group_;  // per row
  std::vector<double> size_;   // per group
  std::vector<std::vector<double>> sums_;
};

}  // namespace bottega

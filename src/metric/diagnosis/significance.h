// Small tests over series and means: what keeps a noisy but healthy run from raising an alarm.
#pragma once

#include <vector>

namespace bottega {

// Mann's test of trend ("Nonparametric tests against trend", Econometrica 1945; Kendall's S): the
// probability, were all orders equally likely, of at least as much rising as `values` do. Exact up
// to 10 values without ties, else normal with correction for ties and continuity. 1 below 3 values.
double RisingChance(const std::vector<double>& values);
double FallingChance(const std::vector<double>& values);

// A mean with its standard error and the error's degrees of freedom.
struct Mean {
  double value = 0;
  double error = 0;
  double freedom = 1;

  // Ends of the one-sided interval.
  double Lower(double level) const;
  double Upper(double level) const;
};

// NaN values are left out; the error of fewer than two is infinite.
Mean MeanOf(const std::vector<double>& values);
// a - b of independent means, by Welch and Satterthwaite.
Mean DifferenceOf(const Mean& a, const Mean& b);

// A part's losses dealt into blocks of rows (by position), so that how a mean moves from one epoch
// to another can be tested over all rows at the price of a few numbers: batch means.
struct BlockLosses {
  std::vector<double> sum, weight;  // one a block: of w l, and of w

  bool empty() const { return sum.empty(); }
  double Mean() const;
};

inline constexpr int kLossBlocks = 40;

// At most kLossBlocks blocks; row i goes into block i mod blocks. `weight` may be empty: all 1.
BlockLosses DealIntoBlocks(const std::vector<double>& loss, const std::vector<double>& weight);

// The mean loss, and the mean difference a - b over the same rows (paired; ratio estimator over
// blocks).
Mean MeanLoss(const BlockLosses& a);
Mean MeanRise(const BlockLosses& a, const BlockLosses& b);

// Holm's step-down adjustment ("A simple sequentially rejective multiple test procedure", 1979).
std::vector<double> HolmAdjusted(const std::vector<double>& p);

}  // namespace bottega

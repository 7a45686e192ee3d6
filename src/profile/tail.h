// The upper tail of a set of scores, and how many scores so large are to be expected.
#pragma once

#include <vector>

namespace bottega {

// Beyond the median m the scores are taken to thin out as a generalized normal distribution
// (Subbotin 1923), P(score > m + x) = Q(1 / power, (x / scale)^power) / 2 with Q the upper
// incomplete gamma function: power 1 is exponential (Laplace), 2 normal, which is the lightest that
// is believed. Where the data are many enough to tell that they thin out more slowly, a generalized
// Pareto distribution beyond the upper quartile takes over (peaks over a threshold: Pickands,
// "Statistical inference using extreme order statistics", Annals of Statistics 1975; for outliers
// Siffer et al., "Anomaly detection in streams with extreme value theory", KDD 2017).
struct Tail {
  double middle = 0;
  double scale = 0;  // 0: the scores have too little spread to judge
  double power = 1;
  double level = 0;  // upper quartile
  double far = 0;    // above it, 5 %
  double shape = 0;  // of the Pareto tail; 0: not used
  double width = 0;  // its scale

  // Share of scores expected beyond `score`; below the 95 % quantile roughly, 1 below the quartile.
  double Beyond(double score) const;
};

// `sorted`: rising, no NaN. Scale and power come from the quantiles at 75 and 95 %, so that up to
// some 3 % of foreign scores hardly move them; the power is the estimate less its standard error,
// some 8 / sqrt(n). The shape is Pickands' estimate (quantiles at 1/4,
// 1/8, 1/16 of the upper end) less two standard errors, at most 0.4.
Tail TailOf(const std::vector<double>& sorted);

}  // namespace bottega

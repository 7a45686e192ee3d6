// The upper tail of a set of scores, and how many scores so large are to be expected.
#pragma once

#include <vector>

namespace bottega {

// Peaks over a threshold: beyond their `level` the scores follow a generalized Pareto distribution
// (Pickands, "Statistical inference using extreme order statistics", Annals of Statistics 1975; for
// outliers Siffer et al., "Anomaly detection in streams with extreme value theory", KDD 2017).
struct Tail {
  double level = 0;     // exceeded by `share` of the scores
  double share = 0.25;  // of the scores
  double scale = 0;     // 0: the scores have too little spread to judge
  double shape = 0;     // 0: exponential; above: heavier

  // Share of scores expected beyond `score`; 1 below the level.
  double Beyond(double score) const;
  // The score that a share `p` is expected to exceed.
  double At(double p) const;
};

// `sorted`: rising, no NaN. Scale and shape come from quantiles between 75 % and 95 %, so that up
// to some 3 % of foreign scores hardly move them. The shape is Pickands' estimate (quantiles at
// 1/4, 1/8, 1/16) less two standard errors, cut to [0, 0.4]: a tail is taken for heavy only where
// the data are many enough to tell.
Tail TailOf(const std::vector<double>& sorted);

}  // namespace bottega

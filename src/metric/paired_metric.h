// How much better one set of predictions is than another, on the same rows and the same draws.
#pragma once

#include <string>
#include <vector>

#include "metric/bootstrap.h"
#include "metric/predictions.h"

namespace bottega {

struct PairedGain {
  double other = 0;          // the metric of the other predictions
  double value = 0;          // by how much ours is better: ours - other, for losses other - ours
  double low = 0, high = 0;  // percentile interval; NaN where the metric was mostly undefined
};

// One entry an entry of `others`, which hold the rows of `ours` in the same order. Rows are drawn
// with replacement, the same for all, and the metric is computed anew for each draw (Efron and
// Tibshirani 1993, section 13.3). `bins`: of ece. Errors: those of Metric() for an unknown name.
std::vector<PairedGain> PairedGains(const std::string& metric, const Predictions& ours,
                                    const std::vector<Predictions>& others,
                                    const BootstrapOptions& options = {}, int bins = kBins);

}  // namespace bottega

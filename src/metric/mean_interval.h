// How sure the mean of a few independent measurements is, as of runs that differ in their seed.
#pragma once

#include <vector>

#include "metric/bootstrap.h"

namespace bottega {

struct MeanInterval {
  double mean = 0;
  double deviation = 0;  // with n - 1
  Interval interval;     // NaN ends with fewer than two values
};

// Student's t interval: mean +- t(n - 1) deviation / sqrt(n). Differences of measurements that
// share a seed make it a paired one. Values that are not finite make everything NaN.
MeanInterval MeanWithInterval(const std::vector<double>& values, double level);

}  // namespace bottega

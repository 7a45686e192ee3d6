// Quantiles of plain arrays.
#pragma once

#include <vector>

namespace bottega {

// The quantile at `share` (0 to 1) of `sorted` (rising, not empty, no NaN), by linear interpolation
// between order statistics (numpy's "linear", Hyndman and Fan 1996, type 7).
double Quantile(const std::vector<double>& sorted, double share);

// The `count` quantiles at 0, 1/(count-1), ..., 1; rising.
std::vector<double> EvenQuantiles(const std::vector<double>& sorted, int count);

// numpy.interp: y of the piecewise linear function through (xs, ys), constant outside; of equal xs
// the last counts.
double Interpolate(double x, const std::vector<double>& xs, const std::vector<double>& ys);

}  // namespace bottega

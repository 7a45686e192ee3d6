// The standard normal distribution's quantile function.
#pragma once

namespace bottega {

// x with P(Z <= x) = p, for 0 < p < 1, relative error about 1e-16. Algorithm AS 241, PPND16
// (Wichura 1988, Applied Statistics 37, 477-484).
double NormalQuantile(double p);

}  // namespace bottega

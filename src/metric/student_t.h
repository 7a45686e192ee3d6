// Student's t distribution. References: scipy.stats (test/reference/make_resampled_t_reference.py).
#pragma once

namespace bottega {

// P(T > t) with `freedom` degrees of freedom, above 0.
double StudentTail(double t, double freedom);
// t with P(T <= t) = p, for 0 < p < 1.
double StudentQuantile(double p, double freedom);

}  // namespace bottega

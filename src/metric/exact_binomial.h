// What k of n independent yes-or-no outcomes say of their rate, without approximation.
// References: scipy.stats (test/reference/make_review_reference.py).
#pragma once

#include <cstdint>

#include "metric/bootstrap.h"

namespace bottega {

// The interval of Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the
// case of the binomial", Biometrika 26 (1934): its ends are the rates under which so few, or so
// many, outcomes have probability (1 - level) / 2. It covers the true rate with at least
// probability `level`, whatever the rate. 0 <= k <= n; they need not be whole (effective numbers of
// weighted samples). n 0: 0 to 1.
Interval ClopperPearson(double k, double n, double level);

// x with IncompleteBeta(a, b, x) = p (profile/association.h), to the last bits.
double BetaQuantile(double a, double b, double p);

// P(X <= k) of a binomial X with n trials of the given rate.
double BinomialBelow(int64_t k, int64_t n, double rate);

}  // namespace bottega

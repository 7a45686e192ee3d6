#include "metric/exact_binomial.h"

#include "profile/association.h"

namespace bottega {

double BetaQuantile(double a, double b, double p) {
  double low = 0, high = 1;
  for (int step = 0; step < 200; ++step) {
    const double middle = (low + high) / 2;
    if (middle == low || middle == high) break;
    (IncompleteBeta(a, b, middle) < p ? low : high) = middle;
  }
  return (low + high) / 2;
}

Interval ClopperPearson(double k, double n, double level) {
  const double tail = (1 - level) / 2;
  return {.low = k <= 0 ? 0 : BetaQuantile(k, n - k + 1, tail),
          .high = k >= n ? 1 : BetaQuantile(k + 1, n - k, 1 - tail)};
}

double BinomialBelow(int64_t k, int64_t n, double rate) {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return IncompleteBeta(static_cast<double>(n - k), static_cast<double>(k + 1), 1 - rate);
}

}  // namespace bottega

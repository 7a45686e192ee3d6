#include "metric/student_t.h"

#include <algorithm>
#include <cmath>

#include "metric/exact_binomial.h"
#include "profile/association.h"

namespace bottega {

// P(|T| > t) = I_x(freedom / 2, 1 / 2) with x = freedom / (freedom + t^2), in both directions.
double StudentTail(double t, double freedom) {
  if (std::isnan(t)) return 1;
  if (std::isinf(t)) return t > 0 ? 0 : 1;
  const double half = IncompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t)) / 2;
  return t > 0 ? half : 1 - half;
}

double StudentQuantile(double p, double freedom) {
  if (p == 0.5) return 0;
  const double x = BetaQuantile(freedom / 2, 0.5, 2 * std::min(p, 1 - p));
  const double t = std::sqrt(freedom * (1 - x) / x);
  return p < 0.5 ? -t : t;
}

}  // namespace bottega

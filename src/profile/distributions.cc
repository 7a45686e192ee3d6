#include <algorithm>
#include <cmath>

#include "profile/association.h"

namespace bottega {
namespace {

// Upper regularized incomplete gamma Q(a, x): series below a + 1, continued fraction (Lentz) above.
double GammaTail(double a, double x) {
  if (x <= 0) return 1;
  const double front = std::exp(-x + a * std::log(x) - std::lgamma(a));
  if (x < a + 1) {
    double term = 1 / a, sum = term;
    for (int i = 1; i < 10'000 && std::abs(term) > std::abs(sum) * 1e-16; ++i) {
      term *= x / (a + i);
      sum += term;
    }
    return std::clamp(1 - sum * front, 0.0, 1.0);
  }
  constexpr double kTiny = 1e-300;
  double b = x + 1 - a, c = 1 / kTiny, d = 1 / b, h = d;
  for (int i = 1; i < 10'000; ++i) {
    const double an = -i * (i - a);
    b += 2;
    d = an * d + b;
    if (std::abs(d) < kTiny) d = kTiny;
    c = b + an / c;
    if (std::abs(c) < kTiny) c = kTiny;
    d = 1 / d;
    const double step = d * c;
    h *= step;
    if (std::abs(step - 1) < 1e-15) break;
  }
  return std::clamp(front * h, 0.0, 1.0);
}

double BetaFraction(double a, double b, double x) {
  constexpr double kTiny = 1e-300;
  double c = 1, d = 1 - (a + b) * x / (a + 1);
  if (std::abs(d) < kTiny) d = kTiny;
  d = 1 / d;
  double h = d;
  for (int m = 1; m < 10'000; ++m) {
    const double m2 = 2.0 * m;
    const double even = m * (b - m) * x / ((a + m2 - 1) * (a + m2));
    const double odd = -(a + m) * (a + b + m) * x / ((a + m2) * (a + m2 + 1));
    for (const double value : {even, odd}) {
      d = 1 + value * d;
      if (std::abs(d) < kTiny) d = kTiny;
      c = 1 + value / c;
      if (std::abs(c) < kTiny) c = kTiny;
      d = 1 / d;
      h *= d * c;
    }
    if (std::abs(d * c - 1) < 1e-15) break;
  }
  return h;
}

}  // namespace

double IncompleteBeta(double a, double b, double x) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const double front = std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) +
                                a * std::log(x) + b * std::log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return front * BetaFraction(a, b, x) / a;
  return 1 - front * BetaFraction(b, a, 1 - x) / b;
}

double ChiSquareTail(double statistic, double freedom) {
  return freedom <= 0 ? 1 : GammaTail(freedom / 2, statistic / 2);
}

double NoncentralChiSquareTail(double statistic, double freedom, double noncentrality) {
  if (noncentrality <= 0) return ChiSquareTail(statistic, freedom);
  // Poisson weights outwards from their peak, until they are negligible on both sides.
  const double half = noncentrality / 2;
  const double peak = std::floor(half);
  const auto weight = [&](double j) {
    return std::exp(j * std::log(half) - half - std::lgamma(j + 1));
  };
  double sum = 0;
  for (double j = peak; j >= 0; --j) {
    const double w = weight(j);
    sum += w * ChiSquareTail(statistic, freedom + 2 * j);
    if (w < 1e-17) break;
  }
  for (double j = peak + 1;; ++j) {
    const double w = weight(j);
    sum += w * ChiSquareTail(statistic, freedom + 2 * j);
    if (w < 1e-17) break;
  }
  return std::min(1.0, sum);
}

double FTail(double statistic, double freedom1, double freedom2) {
  if (freedom1 <= 0 || freedom2 <= 0 || !(statistic > 0)) return 1;
  if (std::isinf(statistic)) return 0;
  return IncompleteBeta(freedom2 / 2, freedom1 / 2, freedom2 / (freedom2 + freedom1 * statistic));
}

}  // namespace bottega

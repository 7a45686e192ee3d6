#include "profile/tail.h"

#include <algorithm>
#include <cmath>

#include "profile/association.h"
#include "profile/quantiles.h"

namespace bottega {
namespace {

constexpr double kHeaviest = 0.4;
constexpr double kLightest = 2;
constexpr double kFlattest = 0.4;

double ShapeOf(const std::vector<double>& sorted) {
  const double near = Quantile(sorted, 0.875) - Quantile(sorted, 0.75);
  const double far = Quantile(sorted, 0.9375) - Quantile(sorted, 0.875);
  if (near <= 0 || far <= 0) return 0;
  // The variance of the estimate is 25 / (n log(2)^2) for an exponential tail.
  const double error = 5 / std::log(2.0) / std::sqrt(static_cast<double>(sorted.size()));
  return std::clamp(std::log2(far / near) - 2 * error, 0.0, kHeaviest);
}

double GammaTail(double shape, double x) { return ChiSquareTail(2 * x, 2 * shape); }

// x / scale beyond which a share `p` of the upper half of a generalized normal distribution lies.
double HalfQuantile(double power, double p) {
  double low = 0, high = 60;  // of (x / scale)^power
  for (int step = 0; step < 60; ++step) {
    const double middle = (low + high) / 2;
    (GammaTail(1 / power, middle) > p ? low : high) = middle;
  }
  return std::pow(low, 1 / power);
}

// The power whose tenth and half of the upper half lie in the ratio `far` / `near`.
double PowerOf(double near, double far) {
  if (near <= 0) return kFlattest;
  double low = kFlattest, high = kLightest;
  for (int step = 0; step < 30; ++step) {
    const double middle = (low + high) / 2;
    (HalfQuantile(middle, 0.1) / HalfQuantile(middle, 0.5) > far / near ? low : high) = middle;
  }
  return low;
}

}  // namespace

double Tail::Beyond(double score) const {
  if (!(score > level)) return 1;
  if (scale <= 0) return 0;
  if (score < far) return 0.25 - 0.2 * (score - level) / (far - level);
  if (std::isinf(score)) return 0;
  const double light = 0.5 * GammaTail(1 / power, std::pow((score - middle) / scale, power));
  if (shape <= 0) return light;
  return std::max(light, 0.25 * std::pow(1 + shape * (score - level) / width, -1 / shape));
}

Tail TailOf(const std::vector<double>& sorted) {
  Tail tail;
  if (sorted.empty()) return tail;
  tail.middle = Quantile(sorted, 0.5);
  tail.level = Quantile(sorted, 0.75);
  tail.far = Quantile(sorted, 0.95);
  const double near = tail.level - tail.middle, far = tail.far - tail.middle;
  if (far <= 0) return tail;
  const double error = 8 / std::sqrt(static_cast<double>(sorted.size()));
  tail.power = std::max(kFlattest, PowerOf(near, far) - error);
  tail.scale = far / HalfQuantile(tail.power, 0.1);
  tail.shape = ShapeOf(sorted);
  if (tail.shape > 0) {
    tail.width = (far - near) * tail.shape / (std::pow(5.0, tail.shape) - 1);
    if (tail.width <= 0) tail.shape = 0;
  }
  return tail;
}

}  // namespace bottega

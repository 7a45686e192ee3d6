#include "profile/tail.h"

#include <algorithm>
#include <cmath>

#include "profile/quantiles.h"

namespace bottega {
namespace {

constexpr double kHeaviest = 0.4;
constexpr double kLightest = 2;  // power of a normal tail far out

double ShapeOf(const std::vector<double>& sorted) {
  const double near = Quantile(sorted, 0.875) - Quantile(sorted, 0.75);
  const double far = Quantile(sorted, 0.9375) - Quantile(sorted, 0.875);
  if (near <= 0 || far <= 0) return 0;
  // The variance of the estimate is 25 / (n log(2)^2) for an exponential tail.
  const double error = 5 / std::log(2.0) / std::sqrt(static_cast<double>(sorted.size()));
  return std::clamp(std::log2(far / near) - 2 * error, 0.0, kHeaviest);
}

}  // namespace

double Tail::Beyond(double score) const {
  if (!(score > level)) return 1;
  if (scale <= 0) return 0;
  const double light = 0.5 * std::exp(-std::pow((score - middle) / scale, power));
  if (shape <= 0) return light;
  return std::max(light, 0.25 * std::pow(1 + shape * (score - level) / width, -1 / shape));
}

Tail TailOf(const std::vector<double>& sorted) {
  Tail tail;
  if (sorted.empty()) return tail;
  tail.middle = Quantile(sorted, 0.5);
  tail.level = Quantile(sorted, 0.75);
  const double near = tail.level - tail.middle, far = Quantile(sorted, 0.95) - tail.middle;
  if (far <= 0) return tail;
  // Half and nine tenths of the upper half lie below these two.
  const double ratio = std::log(std::log(10.0) / std::log(2.0));
  tail.power = near <= 0 ? 0.5 : std::clamp(ratio / std::log(far / near), 0.5, kLightest);
  tail.scale = far / std::pow(std::log(10.0), 1 / tail.power);
  tail.shape = ShapeOf(sorted);
  if (tail.shape > 0) {
    tail.width = (far - near) * tail.shape / (std::pow(5.0, tail.shape) - 1);
    if (tail.width <= 0) tail.shape = 0;
  }
  return tail;
}

}  // namespace bottega

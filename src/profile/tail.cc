#include "profile/tail.h"

#include <algorithm>
#include <cmath>

#include "profile/quantiles.h"

namespace bottega {
namespace {

constexpr double kHeaviest = 0.4;

// (ratio^shape - 1) / shape, which is log(ratio) for shape 0.
double Growth(double ratio, double shape) {
  return shape < 1e-9 ? std::log(ratio) : (std::pow(ratio, shape) - 1) / shape;
}

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
  const double excess = (score - level) / scale;
  return share * (shape < 1e-9 ? std::exp(-excess) : std::pow(1 + shape * excess, -1 / shape));
}

double Tail::At(double p) const { return level + scale * Growth(share / p, shape); }

Tail TailOf(const std::vector<double>& sorted) {
  Tail tail;
  if (sorted.empty()) return tail;
  tail.level = Quantile(sorted, 1 - tail.share);
  tail.shape = ShapeOf(sorted);
  const double spread = Quantile(sorted, 0.95) - tail.level;
  tail.scale = spread / Growth(tail.share / 0.05, tail.shape);
  return tail;
}

}  // namespace bottega

#include "profile/quantiles.h"

#include <algorithm>
#include <cmath>

namespace bottega {

double Quantile(const std::vector<double>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto low = static_cast<size_t>(std::floor(at));
  const size_t high = std::min(low + 1, sorted.size() - 1);
  const double weight = at - static_cast<double>(low);
  // numpy's lerp: exact at both ends.
  const double step = sorted[high] - sorted[low];
  return weight < 0.5 ? sorted[low] + step * weight : sorted[high] - step * (1 - weight);
}

std::vector<double> EvenQuantiles(const std::vector<double>& sorted, int count) {
  std::vector<double> quantiles;
  for (int i = 0; i < count; ++i) {
    const double share = count == 1 ? 0 : static_cast<double>(i) / (count - 1);
    double value = Quantile(sorted, share);
    if (!quantiles.empty()) value = std::max(value, quantiles.back());
    quantiles.push_back(value);
  }
  return quantiles;
}

double Interpolate(double x, const std::vector<double>& xs, const std::vector<double>& ys) {
  const auto above = std::upper_bound(xs.begin(), xs.end(), x);
  if (above == xs.begin()) return ys.front();
  if (above == xs.end()) return ys.back();
  const auto j = static_cast<size_t>(above - xs.begin());
  const double share = (x - xs[j - 1]) / (xs[j] - xs[j - 1]);
  return ys[j - 1] + share * (ys[j] - ys[j - 1]);
}

}  // namespace bottega

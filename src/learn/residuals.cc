#include "learn/residuals.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "profile/quantiles.h"

namespace bottega {
namespace {

constexpr size_t kMostGroups = 20;
constexpr size_t kFewestInGroup = 50;

double MedianOf(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<int64_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

std::vector<double> ScaledResiduals(const std::vector<double>& value,
                                    const std::vector<double>& predicted) {
  std::vector<double> out(value.size(), std::numeric_limits<double>::quiet_NaN());
  std::vector<size_t> order;
  std::vector<double> all;
  for (size_t i = 0; i < value.size(); ++i) {
    out[i] = std::abs(value[i] - predicted[i]);
    if (!std::isfinite(out[i])) continue;
    order.push_back(i);
    all.push_back(out[i]);
  }
  if (order.empty()) return out;
  std::ranges::stable_sort(order, {}, [&](size_t i) { return predicted[i]; });
  const double overall = MedianOf(all);
  const size_t groups = std::clamp(order.size() / kFewestInGroup, size_t{1}, kMostGroups);
  for (size_t g = 0; g < groups; ++g) {
    const size_t begin = g * order.size() / groups, end = (g + 1) * order.size() / groups;
    std::vector<double> here;
    for (size_t i = begin; i < end; ++i) here.push_back(out[order[i]]);
    const double spread = 1.4826 * std::max({MedianOf(here), 0.2 * overall, 1e-300});
    for (size_t i = begin; i < end; ++i) out[order[i]] /= spread;
  }
  return out;
}

std::vector<float> ChanceOfResiduals(const std::vector<double>& scaled, std::vector<float>* tail) {
  std::vector<float> out(scaled.size(), std::numeric_limits<float>::quiet_NaN());
  *tail = out;
  std::vector<size_t> order;
  for (size_t i = 0; i < scaled.size(); ++i) {
    if (std::isfinite(scaled[i])) order.push_back(i);
  }
  if (order.empty()) return out;
  std::ranges::sort(order, [&](size_t a, size_t b) {
    return scaled[a] != scaled[b] ? scaled[a] < scaled[b] : a < b;
  });
  std::vector<double> sorted;
  for (const size_t i : order) sorted.push_back(scaled[i]);
  const double q80 = Quantile(sorted, 0.8), q90 = Quantile(sorted, 0.9),
               q97 = Quantile(sorted, 0.97);
  const double slope =
      std::max({(q90 - q80) / std::log(2.0), (q97 - q90) / std::log(10.0 / 3), 1e-12});
  const double n = static_cast<double>(order.size());
  double least = 1;
  for (size_t i = 0; i < order.size(); ++i) {
    const double beyond = n - static_cast<double>(i);
    const double expected = 0.1 * n * std::exp(-(sorted[i] - q90) / slope);
    least = std::min(least, expected / beyond);
    out[order[i]] = static_cast<float>(least);
    const double share = sorted[i] < q90 ? beyond : std::min(beyond, expected);
    (*tail)[order[i]] = static_cast<float>(share / n);
  }
  return out;
}

}  // namespace bottega

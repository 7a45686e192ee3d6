#include "metric/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/threads.h"
#include "metric/draw.h"
#include "profile/quantiles.h"

namespace bottega {

namespace {

constexpr double kRowsAtFullCount = 200'000;
constexpr int kFewestResamples = 200;

using OfWeights = std::function<void(const std::vector<double>&, std::vector<double>*)>;

std::vector<Interval> Resample(const Tallier& tallier, size_t count, const OfWeights& of_weights,
                               const BootstrapOptions& options) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  std::vector<Interval> intervals(count, {kNaN, kNaN});
  const std::vector<double>& base = tallier.weights();
  const int resamples = ResamplesFor(tallier.size(), options.resamples);
  if (base.empty() || resamples <= 0 || count == 0) return intervals;
  std::vector<std::vector<double>> drawn(static_cast<size_t>(resamples),
                                         std::vector<double>(count, kNaN));
  const auto body = [&](int64_t begin, int64_t end) {
    std::vector<double> weights(base.size());
    std::vector<uint16_t> counts(base.size());
    for (int64_t b = begin; b < end; ++b) {
      DrawCounts(options.seed, b, &counts);
      for (size_t i = 0; i < weights.size(); ++i) weights[i] = counts[i] * base[i];
      of_weights(weights, &drawn[static_cast<size_t>(b)]);
    }
  };
  ParallelFor(resamples, 8, body, options.threads);
  const double tail = (1 - options.level) / 2;
  std::vector<double> values;
  for (size_t q = 0; q < count; ++q) {
    values.clear();
    for (const auto& row : drawn) {
      if (!std::isnan(row[q])) values.push_back(row[q]);
    }
    if (values.size() * 2 <= drawn.size()) continue;
    std::ranges::sort(values);
    intervals[q] = {Quantile(values, tail), Quantile(values, 1 - tail)};
  }
  return intervals;
}

}  // namespace

int ResamplesFor(int64_t rows, int wanted) {
  if (rows <= static_cast<int64_t>(kRowsAtFullCount)) return wanted;
  const double share = kRowsAtFullCount / static_cast<double>(rows);
  return std::min(wanted, std::max(kFewestResamples, static_cast<int>(wanted * share)));
}

std::vector<Interval> Bootstrap(const Tallier& tallier, size_t count, const Quantities& quantities,
                                const BootstrapOptions& options) {
  return Resample(
      tallier, count,
      [&](const std::vector<double>& weights, std::vector<double>* values) {
        quantities(tallier.Of(weights), values);
      },
      options);
}

std::vector<Interval> BootstrapGroups(const Tallier& tallier, const std::vector<int32_t>& group,
                                      int groups, size_t count, const GroupQuantities& quantities,
                                      const BootstrapOptions& options) {
  const auto of_weights = [&](const std::vector<double>& weights, std::vector<double>* values) {
    quantities(tallier.OfGroups(weights, group, groups), values);
  };
  return Resample(tallier, count, of_weights, options);
}

}  // namespace bottega

#include "metric/paired_metric.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/threads.h"
#include "metric/draw.h"
#include "metric/metrics.h"
#include "profile/quantiles.h"

namespace bottega {

namespace {

// A metric under draws of the predictions' rows.
class Drawn {
 public:
  Drawn(const MetricKind& kind, const Predictions& predictions, int bins)
      : kind_(kind), tallier_(predictions, {.ranks = kind.ranks, .bins = bins}) {}
  double All() const { return kind_.value(tallier_.All()); }
  double Of(const std::vector<uint16_t>& counts, std::vector<double>* weights) const {
    const std::vector<double>& base = tallier_.weights();
    const std::vector<int64_t>& position = tallier_.positions();
    weights->resize(base.size());
    for (size_t i = 0; i < base.size(); ++i) {
      (*weights)[i] = counts[static_cast<size_t>(position[i])] * base[i];
    }
    return kind_.value(tallier_.Of(*weights));
  }

 private:
  const MetricKind& kind_;
  Tallier tallier_;
};

}  // namespace

std::vector<PairedGain> PairedGains(const std::string& metric, const Predictions& ours,
                                    const std::vector<Predictions>& others,
                                    const BootstrapOptions& options, int bins) {
  const double whole = Metric(metric, ours, bins);  // also checks the name
  const MetricKind& kind = *FindMetric(metric);
  const double sign = kind.larger_is_better ? 1 : -1;
  const Drawn own(kind, ours, bins);
  std::vector<Drawn> drawn;
  drawn.reserve(others.size());
  for (const Predictions& other : others) drawn.emplace_back(kind, other, bins);
  const size_t resamples = static_cast<size_t>(options.resamples);
  std::vector<std::vector<double>> gains(others.size(), std::vector<double>(resamples));
  ParallelFor(
      options.resamples, 8,
      [&](int64_t begin, int64_t end) {
        std::vector<uint16_t> counts(static_cast<size_t>(ours.size()));
        std::vector<double> weights;
        for (int64_t b = begin; b < end; ++b) {
          DrawCounts(options.seed, b, &counts);
          const double value = own.Of(counts, &weights);
          for (size_t k = 0; k < drawn.size(); ++k) {
            gains[k][static_cast<size_t>(b)] = sign * (value - drawn[k].Of(counts, &weights));
          }
        }
      },
      options.threads);
  std::vector<PairedGain> out;
  for (size_t k = 0; k < others.size(); ++k) {
    constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
    const double other = drawn[k].All();
    PairedGain gain{other, sign * (whole - other), kNaN, kNaN};
    std::erase_if(gains[k], [](double g) { return std::isnan(g); });
    if (gains[k].size() * 2 > resamples) {
      std::ranges::sort(gains[k]);
      const double tail = (1 - options.level) / 2;
      gain.low = Quantile(gains[k], tail);
      gain.high = Quantile(gains[k], 1 - tail);
    }
    out.push_back(gain);
  }
  return out;
}

}  // namespace bottega

#include "metric/paired_bootstrap.h"

#include <algorithm>
#include <numeric>

#include "base/threads.h"
#include "metric/draw.h"
#include "profile/quantiles.h"

namespace bottega {

PairedBootstrap::PairedBootstrap(const std::vector<int64_t>& group) {
  std::vector<int64_t> sorted = group;
  std::ranges::sort(sorted);
  sorted.erase(std::ranges::unique(sorted).begin(), sorted.end());
  for (const int64_t g : group) {
    group_.push_back(static_cast<size_t>(std::ranges::lower_bound(sorted, g) - sorted.begin()));
  }
  size_.assign(sorted.size(), 0);
  for (const size_t g : group_) size_[g] += 1;
}

void PairedBootstrap::Add(const std::vector<double>& difference) {
  std::vector<double> sums(size_.size());
  for (size_t i = 0; i < difference.size(); ++i) sums[group_[i]] += difference[i];
  sums_.push_back(std::move(sums));
}

std::vector<Estimate> PairedBootstrap::Intervals(double level, uint64_t seed, int resamples) const {
  std::vector<std::vector<double>> drawn(sums_.size(),
                                         std::vector<double>(static_cast<size_t>(resamples)));
  ParallelFor(resamples, 16, [&](int64_t begin, int64_t end) {
    std::vector<uint16_t> counts(size_.size());
    for (int64_t b = begin; b < end; ++b) {
      DrawCounts(seed, b, &counts);
      double n = 0;
      for (size_t g = 0; g < counts.size(); ++g) n += counts[g] * size_[g];
      for (size_t q = 0; q < sums_.size(); ++q) {
        double sum = 0;
        for (size_t g = 0; g < counts.size(); ++g) sum += counts[g] * sums_[q][g];
        drawn[q][static_cast<size_t>(b)] = n > 0 ? sum / n : 0;
      }
    }
  });
  const double rows = std::accumulate(size_.begin(), size_.end(), 0.0);
  std::vector<Estimate> out;
  for (size_t q = 0; q < sums_.size(); ++q) {
    std::ranges::sort(drawn[q]);
    const double sum = std::accumulate(sums_[q].begin(), sums_[q].end(), 0.0);
    out.push_back({rows > 0 ? sum / rows : 0, Quantile(drawn[q], (1 - level) / 2),
                   Quantile(drawn[q], (1 + level) / 2)});
  }
  return out;
}

}  // namespace bottega

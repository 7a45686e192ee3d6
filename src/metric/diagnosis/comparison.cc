#include "metric/diagnosis/comparison.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace bottega {

Mean GainOf(const SeedLosses& base, const SeedLosses& changed, const std::vector<double>& weight) {
  const size_t seeds = std::min(base.size(), changed.size()), rows = base.at(0).size();
  std::vector<double> before(rows, 0), after(rows, 0), by_seed;
  for (size_t s = 0; s < seeds; ++s) {
    double sum = 0, all = 0;
    for (size_t i = 0; i < rows; ++i) {
      const double w = weight.empty() ? 1 : weight[i];
      before[i] += base[s][i] / static_cast<double>(seeds);
      after[i] += changed[s][i] / static_cast<double>(seeds);
      sum += w * (base[s][i] - changed[s][i]);
      all += w;
    }
    by_seed.push_back(sum / all);
  }
  const Mean of_rows = MeanRise(DealIntoBlocks(before, weight), DealIntoBlocks(after, weight));
  if (seeds < 2) return of_rows;
  Mean of_seeds = MeanOf(by_seed);
  of_seeds.value = 0;
  Mean gain = DifferenceOf(of_rows, of_seeds);
  gain.value = of_rows.value;
  return gain;
}

std::vector<double> MeanLosses(const SeedLosses& losses) {
  std::vector<double> means;
  for (const std::vector<double>& of_seed : losses) {
    means.push_back(std::accumulate(of_seed.begin(), of_seed.end(), 0.0) /
                    static_cast<double>(of_seed.size()));
  }
  return means;
}

double SeedSpread(const SeedLosses& losses) {
  if (losses.size() < 2) return std::nan("");
  return MeanOf(MeanLosses(losses)).error * std::sqrt(static_cast<double>(losses.size()));
}

}  // namespace bottega

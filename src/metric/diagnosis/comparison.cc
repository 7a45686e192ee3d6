#include "metric/diagnosis/comparison.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace bottega {

namespace {

constexpr double kPriorFreedom = 4;

std::vector<double> GainsBySeed(const SeedLosses& base, const SeedLosses& changed,
                                const std::vector<double>& weight) {
  std::vector<double> gains;
  for (size_t s = 0; s < std::min(base.size(), changed.size()); ++s) {
    double sum = 0, all = 0;
    for (size_t i = 0; i < base[s].size(); ++i) {
      const double w = weight.empty() ? 1 : weight[i];
      sum += w * (base[s][i] - changed[s][i]);
      all += w;
    }
    gains.push_back(sum / all);
  }
  return gains;
}

std::vector<double> MeanOverSeeds(const SeedLosses& losses, size_t seeds) {
  std::vector<double> mean(losses[0].size(), 0);
  for (size_t s = 0; s < seeds; ++s) {
    for (size_t i = 0; i < mean.size(); ++i) {
      mean[i] += losses[s][i] / static_cast<double>(seeds);
    }
  }
  return mean;
}

}  // namespace

Mean GainOf(const SeedLosses& base, const SeedLosses& changed, const std::vector<double>& weight,
            const SeedPrior& prior) {
  const size_t seeds = std::min(base.size(), changed.size());
  const Mean of_rows = MeanRise(DealIntoBlocks(MeanOverSeeds(base, seeds), weight),
                                DealIntoBlocks(MeanOverSeeds(changed, seeds), weight));
  if (seeds < 2) return of_rows;
  const double own = static_cast<double>(seeds) - 1;
  const double variance =
      (own * SeedVariance(base, changed, weight) + prior.freedom * prior.variance) /
      (own + prior.freedom);
  const Mean of_seeds{.value = 0,
                      .error = std::sqrt(variance / static_cast<double>(seeds)),
                      .freedom = own + prior.freedom};
  return DifferenceOf(of_rows, of_seeds);
}

double SeedVariance(const SeedLosses& base, const SeedLosses& changed,
                    const std::vector<double>& weight) {
  const std::vector<double> gains = GainsBySeed(base, changed, weight);
  const double error = MeanOf(gains).error;
  return error * error * static_cast<double>(gains.size());
}

SeedPrior PriorOf(std::vector<double> variances) {
  if (variances.size() < 3) return {};
  const auto middle = variances.begin() + static_cast<int64_t>(variances.size() / 2);
  std::nth_element(variances.begin(), middle, variances.end());
  return {*middle, kPriorFreedom};
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

// One thing changed, measured: the same validation rows under both trainings, the same seeds.
#pragma once

#include <string>
#include <vector>

#include "metric/diagnosis/significance.h"

namespace bottega {

// Losses of trainings that differ in their seed alone: [seed][validation row].
using SeedLosses = std::vector<std::vector<double>>;

// What other comparisons of the same run say of the variance between seeds: three seeds alone tell
// little (moderated t: Smyth, "Linear models and empirical Bayes methods", 2004).
struct SeedPrior {
  double variance = 0;
  double freedom = 0;  // that it is worth
};

// base - changed, so that positive is better: mean over rows and seeds. Its error covers both the
// rows (of the mean difference over seeds) and the seeds (of the mean difference over rows), with
// freedom by Satterthwaite; with one seed it covers the rows alone. `weight`: of rows, or empty.
Mean GainOf(const SeedLosses& base, const SeedLosses& changed, const std::vector<double>& weight,
            const SeedPrior& prior = {});

// Variance between seeds of the mean difference over rows.
double SeedVariance(const SeedLosses& base, const SeedLosses& changed,
                    const std::vector<double>& weight);
// The median of such variances, worth four seeds' differences.
SeedPrior PriorOf(std::vector<double> variances);

// Spread (standard deviation) of the mean loss between seeds; NaN with one.
double SeedSpread(const SeedLosses& losses);
std::vector<double> MeanLosses(const SeedLosses& losses);  // one a seed

}  // namespace bottega

// Bootstrap percentile intervals: rows are drawn with replacement, the metrics computed again.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "metric/tally.h"

namespace bottega {

struct Interval {
  double low = 0, high = 0;  // NaN where the quantity was undefined in most resamples
};

struct BootstrapOptions {
  int resamples = 1000;
  double level = 0.95;
  uint64_t seed = 7;
  int threads = 0;  // 0: all available; the result does not depend on it
};

// How many resamples of so many rows are drawn where `wanted` are asked for: beyond 200,000 rows
// fewer, at least 200. The interval's ends then vary by a few percent of its width.
int ResamplesFor(int64_t rows, int wanted);

// Fills `values` (one slot a quantity) from a resample's tally.
using Quantities = std::function<void(const Tally&, std::vector<double>* values)>;

// For each of `count` quantities the (1 - level) / 2 and (1 + level) / 2 quantiles over resamples,
// interpolated linearly (Efron and Tibshirani 1993, section 13.3). Resamples in which a quantity is
// undefined do not count for it.
std::vector<Interval> Bootstrap(const Tallier& tallier, size_t count, const Quantities& quantities,
                                const BootstrapOptions& options);

// The same for quantities over several sets of rows at once, as gaps between groups: `tallier`'s
// rows are drawn together, `group[i]` (-1: none) says to which of `groups` tallies row i goes.
using GroupQuantities = std::function<void(const std::vector<Tally>&, std::vector<double>* values)>;
std::vector<Interval> BootstrapGroups(const Tallier& tallier, const std::vector<int32_t>& group,
                                      int groups, size_t count, const GroupQuantities& quantities,
                                      const BootstrapOptions& options);

}  // namespace bottega

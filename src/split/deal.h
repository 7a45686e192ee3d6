// Dealing: units of rows into parts of given shares, each stratum spread alike.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace bottega {

struct DealUnit {
  int64_t key = 0;                                  // what randomness is keyed by: a record number
  std::vector<std::pair<int32_t, int64_t>> counts;  // stratum, rows; strata rising

  int64_t size() const;
};

// The index of a part for each unit. `shares` are above 0 and sum to 1. Units of more than one row
// go first, largest first, each where it brings the parts' strata nearest to their shares (least
// sum of squares over expected counts, as scikit-learn's StratifiedGroupKFold aims at); single rows
// then fill every stratum to its share, by largest remainder, with the remainders carried from
// stratum to stratum so that the parts' sizes come out too. Without units of more than one row each
// stratum of each part is within one row of its share, each part's size within two of its. A
// stratum with as many single rows as parts has a row in each. The order of `units` has no effect.
std::vector<int32_t> Deal(const std::vector<DealUnit>& units, int32_t strata,
                          const std::vector<double>& shares, uint64_t seed, int64_t epoch = 0);

}  // namespace bottega

// Pairs of values that hardly ever stand in one row although one of them all but rules the other
// out.
#pragma once

#include <cstdint>
#include <vector>

#include "profile/coarse_codes.h"

namespace bottega {

struct RarePair {
  double ratio = 1;  // probability of the value given the other one, over its probability alone
  int given = -1, value = -1;  // columns
  int32_t rows = 0;            // that hold the pair
};

// What FindRarePairs compares. Codes of `ordered` columns (parts of a number) are in order: a part
// is counted together with its two neighbours, so that the border of a cell is no border of the
// data.
struct PairColumn {
  CoarseCodes codes;
  bool ordered = false;
};

// Per row, its rarest pair. The probability of value b where the other column holds a is that of
// the other rows, smoothed towards the share of b: (n_ab - 1 + k q_b) / (n_a - 1 + k), with the
// weight k (a Dirichlet prior's) that fits the pair of columns best under leave-one-out: small
// where a determines b, large where they have nothing to do with each other. Pairs that unrelated
// values would have in fewer than 8 rows, and columns where k tells of no dependence, are left out.
// Time columns^2 rows.
std::vector<RarePair> FindRarePairs(const std::vector<PairColumn>& columns);

}  // namespace bottega

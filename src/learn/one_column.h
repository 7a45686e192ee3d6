// How well one column alone tells the target.
#pragma once

#include <cstdint>
#include <vector>

#include "profile/coarse_codes.h"

namespace bottega {

// Codes for look-ups by value: numbers of more than 100 values in `parts` parts of equal size,
// everything else as it is; missing cells are a value of their own.
CoarseCodes LookUpOf(const CellColumn& cells, int64_t parts = 64);

struct Told {
  double score = 0;  // 0: no better than guessing, 1: always right
  double low = 0;    // lower end of its interval (95 %)
};

// Out of fold, in two halves by `seed`: per value the class that is over-represented most in the
// other half; the mean over classes of the share that is right, b, scaled to (b - 1/k) / (1 - 1/k).
// Values that the other half lacks count as guesses. Rows with label -1 are left out.
Told ClassToldBy(const CoarseCodes& x, const std::vector<int32_t>& label, int64_t classes,
                 uint64_t seed);

// Out of fold: 1 - squared error / variance of the target's ranks, predicted by the mean rank of
// the value in the other half. NaN targets are left out.
Told NumberToldBy(const CoarseCodes& x, const std::vector<double>& target, uint64_t seed);

}  // namespace bottega

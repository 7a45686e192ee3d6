// Sobol's low-discrepancy sequence: points that fill the unit cube more evenly than random ones.
//
// Direction numbers: Joe and Kuo 2008, "Constructing Sobol sequences with better two-dimensional
// projections", SIAM J. Sci. Comput. 30, the set new-joe-kuo-6, whose first 21 dimensions are here.
// Equal to scipy.stats.qmc.Sobol(scramble=False) with a shift of zero. Order: Gray code (Antonov
// and Saleev 1979).
#pragma once

#include <cstdint>

#include "learn/search/space.h"

namespace bottega {

inline constexpr size_t kSobolDimensions = 21;

// Point `number` (from 0) of the sequence in `dimensions` <= kSobolDimensions dimensions, with a
// random digital shift (exclusive or) of each dimension that depends on `seed` alone; seed 0: none.
UnitPoint SobolPoint(int64_t number, size_t dimensions, uint64_t seed);

}  // namespace bottega

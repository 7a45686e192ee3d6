// Cutting rows that stand in the order of time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bottega {

// Where to cut units of these sizes, in the order of `times`, so that what lies before cut j comes
// nearest to cumulative_shares[j] of all rows without parting units of equal time. A cut is the
// index of the first unit behind it.
std::vector<size_t> TimeCuts(const std::vector<int64_t>& sizes, const std::vector<double>& times,
                             const std::vector<double>& cumulative_shares);

}  // namespace bottega

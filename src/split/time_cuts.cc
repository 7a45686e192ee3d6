#include "split/time_cuts.h"

#include <cmath>
#include <numeric>

namespace bottega {

std::vector<size_t> TimeCuts(const std::vector<int64_t>& sizes, const std::vector<double>& times,
                             const std::vector<double>& cumulative_shares) {
  const auto total = static_cast<double>(std::accumulate(sizes.begin(), sizes.end(), int64_t{0}));
  std::vector<size_t> cuts;
  for (double share : cumulative_shares) {
    double seen = 0, best_error = share * total;
    size_t best = 0;
    for (size_t k = 0; k < sizes.size(); ++k) {
      seen += static_cast<double>(sizes[k]);
      const bool tie = k + 1 < sizes.size() && times[k + 1] == times[k];
      if (const double error = std::abs(seen - share * total); !tie && error < best_error) {
        best = k + 1;
        best_error = error;
      }
    }
    cuts.push_back(best);
  }
  return cuts;
}

}  // namespace bottega

// The `seeds` section of metrics.json: what a score owes to the seed of its training
// (doc/formats/metrics.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "metric/predictions.h"
#include "metric/tally.h"

namespace bottega {

struct SeedResult {
  uint64_t seed = 0;
  Predictions predictions;  // all parts, the same rows for every seed
};

// Another run's value of the primary metric on the judged part.
struct AgainstRun {
  std::string run;
  double value = 0;
};

// For validation and test: mean, deviation, extremes and the value of each seed of every metric.
// `conclusions`, on the test part (else validation): whether the primary metric is better than the
// baseline's, than the other run's, and, for each sensitive column, than the worst group's in the
// best group; with the difference of each seed, positive where the sentence holds. One that is
// positive with some seeds and negative with others `changes_sign`: it is the seed's doing. Groups
// of fewer than `min_rows` rows are left out. `bins`: of ece. At least one seed.
Json SeedSpread(const std::vector<SeedResult>& seeds, const std::string& primary,
                const std::optional<AgainstRun>& against, int64_t min_rows, int bins = kBins);

}  // namespace bottega

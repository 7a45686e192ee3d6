// The parts of a Batch that both kinds of feed have.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "feed/feed.h"

namespace bottega {

// Number of batches of `batch` rows in an epoch of `n`; a last one below `smallest` is left out.
int64_t BatchCount(int64_t n, int64_t batch, int64_t smallest);

// Fills rows, labels, values and weights for the dataset's rows `positions`; those for which
// `failed` is true get weight 0 (`failed` may be empty).
void FillTargets(const FeedColumns& columns, std::span<const int64_t> positions,
                 const std::vector<char>& failed, Batch* batch);

}  // namespace bottega

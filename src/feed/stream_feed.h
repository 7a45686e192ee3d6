// A feed of tables that reads a row file window by window.
#pragma once

#include <memory>

#include "feed/feed.h"
#include "feed/row_file.h"

namespace bottega {

struct StreamFeedOptions {
  int64_t batch = 128;
  int64_t smallest_batch = 1;
  uint64_t seed = 0;
  // Rows that are shuffled among each other, in blocks that are read at once. Larger: more like a
  // shuffle of all rows, and more memory.
  int64_t window_rows = 262'144;
  int64_t block_rows = 4'096;
  // Factor of a row's weight by its class; empty: 1.
  std::vector<float> class_weights;
};

// Every epoch visits every row once: blocks in an order of (seed, epoch), window_rows of them at a
// time in memory and shuffled. So near rows of the source come near each other only by chance, but
// two rows of one block are never further apart than a window. Depends on (seed, epoch) alone, not
// on where an epoch was resumed. StartEpoch takes an empty order: the feed has its own.
std::unique_ptr<Feed> MakeStreamFeed(std::shared_ptr<const RowFile> file,
                                     const StreamFeedOptions& options);

}  // namespace bottega

// Feeds: rows of a dataset as a stream of Batches. What a batch holds depends on (seed, epoch, row)
// and the order it was asked for, never on the number of threads or on where an epoch was resumed.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "clean/features.h"
#include "data/image/picture.h"
#include "feed/batch.h"
#include "feed/feed_columns.h"

namespace bottega {

class Feed {
 public:
  virtual ~Feed() = default;
  // Rows this feed serves: `order` below holds numbers from 0 to rows() - 1.
  virtual int64_t rows() const = 0;
  // Batches that an order of `n` rows gives.
  virtual int64_t Batches(int64_t n) const = 0;
  // Begins (or begins anew) an epoch over `order`, at batch `from_batch`. Prefetching starts here.
  // `order` may leave rows out or repeat them; a repeated row looks the same both times.
  virtual void StartEpoch(int64_t epoch, std::vector<int64_t> order, int64_t from_batch = 0) = 0;
  // The next batch, in order; false after the last. The tensors belong to the caller and are
  // never written again, but memory is only recycled once they are freed: keep few of them.
  // Throws what a worker threw (an Error); StartEpoch is possible after that.
  virtual bool Next(Batch* batch) = 0;
  // Record numbers of rows whose picture could not be decoded so far, and why. They were fed gray
  // with weight 0 (in training and evaluation alike) and logged once.
  virtual std::map<int64_t, std::string> Failed() const = 0;
};

// 0 .. n-1; for evaluation.
std::vector<int64_t> SequentialOrder(int64_t n);
// `most` of the positions at equal distances in their order; all of them if they are fewer.
std::vector<int64_t> EvenlySpread(const std::vector<int64_t>& positions, size_t most);
// A permutation that depends on (seed, epoch) only.
std::vector<int64_t> ShuffledOrder(int64_t n, uint64_t seed, int64_t epoch);
// `n` draws with replacement, row i with probability weights[i] / sum; depends on (seed, epoch)
// only. Systematic sampling (one uniform start, equal steps through the cumulated weights), then
// shuffled, so that every row comes floor or ceil of its expected number of times.
std::vector<int64_t> WeightedOrder(const std::vector<double>& weights, int64_t n, uint64_t seed,
                                   int64_t epoch);
// Weights for WeightedOrder that make all classes equally frequent; label -1 gets 0.
std::vector<double> BalancedWeights(const std::vector<int32_t>& labels, int64_t classes);

struct TableFeedOptions {
  int64_t batch = 128;
  // A last batch of fewer rows is left out; 2 keeps batch normalization defined in training.
  int64_t smallest_batch = 1;
};

// Rows `positions` of `features`. Batches hold `numbers` and `codes` as far as there are any.
// No threads: gathering a batch takes microseconds.
std::unique_ptr<Feed> MakeTableFeed(std::shared_ptr<const Features> features,
                                    std::shared_ptr<const FeedColumns> columns,
                                    std::vector<int64_t> positions,
                                    const TableFeedOptions& options);

struct PictureFeedOptions {
  int64_t batch = 32;
  int64_t smallest_batch = 1;
  int picture_size = 64;  // side of the square that the model sees
  // True: the components of `augment` are applied. False: they are not.
  bool training = false;
  uint64_t seed = 0;
  Json augment = Json::array();  // resolved component list of the recipe's `augment`
  // Of pixels scaled to [0, 1]: (x - mean) / deviation. These are ImageNet's, as in torchvision.
  std::array<float, 3> mean = {0.485f, 0.456f, 0.406f};
  std::array<float, 3> deviation = {0.229f, 0.224f, 0.225f};
  bool channels_last = false;  // strides of Batch::pictures
  // Decoding threads. 0: all processors. More hide slower storage and cost a batch of memory each.
  int workers = 0;
  // Batches decoded ahead. Larger rides out slow files, at batch * 3 * size^2 * 4 bytes each.
  int prefetch = 4;
  // Decoded pixels are kept across epochs when those of all rows fit into this. Results are the
  // same with and without, but see `augment: crop`, which chooses full-scale decoding if they fit.
  int64_t cache_bytes = int64_t{512} << 20;
};

// Pictures `(*cells)[position]` of `source`, resized so that the shorter side is `picture_size`,
// cropped in the middle (or randomly, by the augmentation `crop`), augmented and normalized.
// Decoding never stops an epoch: see Failed().
std::unique_ptr<Feed> MakePictureFeed(std::shared_ptr<const PictureSource> source,
                                      std::shared_ptr<const std::vector<std::string>> cells,
                                      std::shared_ptr<const FeedColumns> columns,
                                      std::vector<int64_t> positions,
                                      const PictureFeedOptions& options);

}  // namespace bottega

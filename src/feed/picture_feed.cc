#include <ATen/ATen.h>

#include <algorithm>
#include <utility>

#include "base/threads.h"
#include "feed/feed.h"
#include "feed/float_pool.h"
#include "feed/normalize.h"
#include "feed/picture_loader.h"
#include "feed/prefetcher.h"
#include "feed/targets.h"

namespace bottega {

namespace {

constexpr int64_t kChunk = 4;  // pictures a thread takes at a time

// What is the same for all batches of a feed.
struct Shared {
  std::shared_ptr<const FeedColumns> columns;
  std::vector<int64_t> positions;
  PictureFeedOptions options;
  Normalization normalization;
  std::unique_ptr<PictureLoader> loader;
  std::shared_ptr<FloatPool> pool;

  int64_t pixels() const { return int64_t{options.picture_size} * options.picture_size; }
};

class PictureBatch : public Job {
 public:
  PictureBatch(Shared* shared, std::vector<int64_t> positions, int64_t epoch)
      : shared_(shared),
        positions_(std::move(positions)),
        failed_(positions_.size(), 0),
        epoch_(epoch),
        values_(shared->pool->Take()) {}

  int64_t items() const override { return static_cast<int64_t>(positions_.size()); }

  void Work(int64_t begin, int64_t end) override {
    const int64_t pixels = shared_->pixels();
    Picture picture;
    for (int64_t i = begin; i < end; ++i) {
      const int64_t position = positions_[static_cast<size_t>(i)];
      const int64_t row = shared_->columns->rows[static_cast<size_t>(position)];
      float* to = values_.get() + i * 3 * pixels;
      if (shared_->loader->Load(position, row, epoch_, &picture)) {
        Normalize(picture.rgb.data(), pixels, shared_->normalization,
                  shared_->options.channels_last, to);
      } else {
        // The mean colour.
        std::fill(to, to + 3 * pixels, 0.0f);
        failed_[static_cast<size_t>(i)] = 1;
      }
    }
  }

  void Finish(Batch* batch) {
    *batch = {};
    FillTargets(*shared_->columns, positions_, failed_, batch);
    const int64_t n = items(), side = shared_->options.picture_size, area = side * side;
    const std::vector<int64_t> planes = {3 * area, area, side, 1};
    const std::vector<int64_t> last = {3 * area, 1, 3 * side, 3};
    batch->pictures = at::from_blob(
        values_.get(), {n, 3, side, side}, shared_->options.channels_last ? last : planes,
        [owner = values_](void*) mutable { owner.reset(); }, at::kFloat);
  }

 private:
  Shared* shared_;
  const std::vector<int64_t> positions_;
  std::vector<char> failed_;
  const int64_t epoch_;
  std::shared_ptr<float> values_;
};

class PictureFeed : public Feed {
 public:
  PictureFeed(std::unique_ptr<Shared> shared, int threads)
      : shared_(std::move(shared)), prefetcher_(threads, shared_->options.prefetch, kChunk) {}

  int64_t rows() const override { return static_cast<int64_t>(shared_->positions.size()); }
  int64_t Batches(int64_t n) const override {
    return BatchCount(n, shared_->options.batch, shared_->options.smallest_batch);
  }

  void StartEpoch(int64_t epoch, std::vector<int64_t> order, int64_t from_batch) override {
    const int64_t batches = Batches(static_cast<int64_t>(order.size()));
    const auto make = [this, epoch, order = std::move(order)](int64_t number) {
      const size_t batch = static_cast<size_t>(shared_->options.batch);
      const size_t begin = static_cast<size_t>(number) * batch;
      std::vector<int64_t> positions;
      for (size_t i = begin; i < std::min(order.size(), begin + batch); ++i) {
        positions.push_back(shared_->positions[static_cast<size_t>(order[i])]);
      }
      return std::make_unique<PictureBatch>(shared_.get(), std::move(positions), epoch);
    };
    prefetcher_.Start(from_batch, batches, make);
  }

  bool Next(Batch* batch) override {
    const std::unique_ptr<Job> job = prefetcher_.Take();
    if (!job) return false;
    static_cast<PictureBatch*>(job.get())->Finish(batch);
    return true;
  }

  std::map<int64_t, std::string> Failed() const override { return shared_->loader->Failed(); }

 private:
  // Destroyed last: the threads work on it.
  const std::unique_ptr<Shared> shared_;
  Prefetcher prefetcher_;
};

}  // namespace

std::unique_ptr<Feed> MakePictureFeed(std::shared_ptr<const PictureSource> source,
                                      std::shared_ptr<const std::vector<std::string>> cells,
                                      std::shared_ptr<const FeedColumns> columns,
                                      std::vector<int64_t> positions,
                                      const PictureFeedOptions& options) {
  const int threads = options.workers > 0 ? options.workers : AvailableProcessors();
  const size_t floats = static_cast<size_t>(options.batch) * 3 *
                        static_cast<size_t>(options.picture_size) *
                        static_cast<size_t>(options.picture_size);
  auto shared = std::make_unique<Shared>();
  shared->columns = std::move(columns);
  shared->options = options;
  shared->normalization = MakeNormalization(options.mean, options.deviation);
  shared->pool = std::make_shared<FloatPool>(floats);
  shared->loader =
      std::make_unique<PictureLoader>(std::move(source), std::move(cells), positions, options);
  shared->positions = std::move(positions);
  return std::make_unique<PictureFeed>(std::move(shared), threads);
}

}  // namespace bottega

#include <ATen/ATen.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "feed/feed.h"
#include "feed/targets.h"

namespace bottega {

namespace {

class TableFeed : public Feed {
 public:
  TableFeed(std::shared_ptr<const Features> features, std::shared_ptr<const FeedColumns> columns,
            std::vector<int64_t> positions, const TableFeedOptions& options)
      : features_(std::move(features)),
        columns_(std::move(columns)),
        positions_(std::move(positions)),
        options_(options) {}

  int64_t rows() const override { return static_cast<int64_t>(positions_.size()); }
  int64_t Batches(int64_t n) const override {
    return BatchCount(n, options_.batch, options_.smallest_batch);
  }
  void StartEpoch(int64_t, std::vector<int64_t> order, int64_t from_batch) override {
    order_ = std::move(order);
    next_ = from_batch;
  }

  bool Next(Batch* batch) override {
    const int64_t n = static_cast<int64_t>(order_.size());
    if (next_ >= Batches(n)) return false;
    const int64_t begin = next_ * options_.batch, end = std::min(n, begin + options_.batch);
    ++next_;
    picked_.clear();
    for (int64_t i = begin; i < end; ++i) {
      picked_.push_back(positions_[static_cast<size_t>(order_[static_cast<size_t>(i)])]);
    }
    *batch = {};
    FillTargets(*columns_, picked_, {}, batch);
    GatherNumbers(batch);
    GatherCodes(batch);
    return true;
  }

  std::map<int64_t, std::string> Failed() const override { return {}; }

 private:
  void GatherNumbers(Batch* batch) const {
    const size_t width = features_->number_names.size();
    if (width == 0) return;
    batch->numbers = at::empty({batch->size(), static_cast<int64_t>(width)}, at::kFloat);
    float* to = batch->numbers.data_ptr<float>();
    for (const int64_t p : picked_) {
      std::memcpy(to, features_->numbers.data() + static_cast<size_t>(p) * width,
                  width * sizeof(float));
      to += width;
    }
  }

  void GatherCodes(Batch* batch) const {
    const size_t width = features_->code_names.size();
    if (width == 0) return;
    batch->codes = at::empty({batch->size(), static_cast<int64_t>(width)}, at::kLong);
    int64_t* to = batch->codes.data_ptr<int64_t>();
    for (const int64_t p : picked_) {
      const int32_t* from = features_->codes.data() + static_cast<size_t>(p) * width;
      to = std::copy(from, from + width, to);
    }
  }

  const std::shared_ptr<const Features> features_;
  const std::shared_ptr<const FeedColumns> columns_;
  const std::vector<int64_t> positions_;
  const TableFeedOptions options_;
  std::vector<int64_t> order_, picked_;
  int64_t next_ = 0;
};

}  // namespace

std::unique_ptr<Feed> MakeTableFeed(std::shared_ptr<const Features> features,
                                    std::shared_ptr<const FeedColumns> columns,
                                    std::vector<int64_t> positions,
                                    const TableFeedOptions& options) {
  return std::make_unique<TableFeed>(std::move(features), std::move(columns), std::move(positions),
                                     options);
}

}  // namespace bottega

#include "feed/stream_feed.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/error.h"
#include "base/random.h"
#include "feed/targets.h"

namespace bottega {

namespace {

class StreamFeed : public Feed {
 public:
  StreamFeed(std::shared_ptr<const RowFile> file, const StreamFeedOptions& options)
      : file_(std::move(file)),
        options_(options),
        bytes_(file_->layout().record_bytes()),
        blocks_((file_->rows() + options.block_rows - 1) / options.block_rows),
        window_blocks_(std::max<int64_t>(1, options.window_rows / options.block_rows)) {}

  int64_t rows() const override { return file_->rows(); }
  int64_t Batches(int64_t n) const override {
    return BatchCount(n, options_.batch, options_.smallest_batch);
  }

  void StartEpoch(int64_t epoch, std::vector<int64_t> order, int64_t from_batch) override {
    if (!order.empty()) throw Error(ErrorKind::kInternal, "a stream has an order of its own");
    epoch_ = epoch;
    block_order_ = Permutation(blocks_, options_.seed, Purpose::kShuffle, epoch);
    window_ = -1;
    window_end_ = 0;
    at_ = from_batch * options_.batch;
    window_begin_ = 0;
  }

  bool Next(Batch* batch) override {
    const int64_t left = rows() - at_;
    if (left < std::max<int64_t>(1, options_.smallest_batch)) return false;
    const int64_t n = std::min(options_.batch, left);
    *batch = Empty(n);
    for (int64_t i = 0; i < n; ++i, ++at_) Fill(i, RecordAt(at_), batch);
    return true;
  }

  std::map<int64_t, std::string> Failed() const override { return {}; }

 private:
  int64_t RowsOfBlock(int64_t block) const {
    return std::min(options_.block_rows, rows() - block * options_.block_rows);
  }

  // The record that stands at `at` in this epoch's order.
  const char* RecordAt(int64_t at) {
    while (at >= window_end_) NextWindow(at);
    const int64_t record = shuffled_[static_cast<size_t>(at - window_begin_)];
    return buffer_.data() + record * bytes_;
  }

  // Steps to the next window; reads it only if `at` lies in it.
  void NextWindow(int64_t at) {
    ++window_;
    const int64_t first = window_ * window_blocks_;
    const int64_t last = std::min(first + window_blocks_, blocks_);
    int64_t count = 0;
    for (int64_t b = first; b < last; ++b)
      count += RowsOfBlock(block_order_[static_cast<size_t>(b)]);
    window_begin_ = window_end_;
    window_end_ += count;
    if (at >= window_end_) return;
    buffer_.resize(static_cast<size_t>(count * bytes_));
    char* to = buffer_.data();
    for (int64_t b = first; b < last; ++b) {
      const int64_t block = block_order_[static_cast<size_t>(b)], n = RowsOfBlock(block);
      file_->Read(block * options_.block_rows, n, to);
      to += n * bytes_;
    }
    // A stream of its own for each window of each epoch.
    shuffled_ = Permutation(
        count, options_.seed + 0x9E3779B97F4A7C15ULL * static_cast<uint64_t>(window_ + 1),
        Purpose::kShuffle, epoch_);
  }

  Batch Empty(int64_t n) const {
    const RowLayout& layout = file_->layout();
    Batch batch;
    batch.rows.resize(static_cast<size_t>(n));
    if (layout.numbers > 0) batch.numbers = at::empty({n, layout.numbers}, at::kFloat);
    if (layout.codes > 0) batch.codes = at::empty({n, layout.codes}, at::kLong);
    batch.weights = at::empty({n}, at::kFloat);
    if (layout.classification) {
      batch.labels = at::empty({n}, at::kLong);
    } else {
      batch.values = at::empty({n}, at::kFloat);
    }
    return batch;
  }

  void Fill(int64_t i, const char* record, Batch* batch) const {
    const RowLayout& layout = file_->layout();
    float weight = 0;
    std::memcpy(&batch->rows[static_cast<size_t>(i)], record, 8);
    std::memcpy(&weight, record + 8, 4);
    if (layout.classification) {
      int32_t label = 0;
      std::memcpy(&label, record + 12, 4);
      batch->labels.mutable_data_ptr<int64_t>()[i] = label;
      if (!options_.class_weights.empty())
        weight *= options_.class_weights[static_cast<size_t>(label)];
    } else {
      std::memcpy(batch->values.mutable_data_ptr<float>() + i, record + 12, 4);
    }
    batch->weights.mutable_data_ptr<float>()[i] = weight;
    const auto numbers = static_cast<size_t>(layout.numbers) * sizeof(float);
    if (numbers > 0) {
      std::memcpy(batch->numbers.mutable_data_ptr<float>() + i * layout.numbers, record + 16,
                  numbers);
    }
    if (layout.codes == 0) return;
    int64_t* codes = batch->codes.mutable_data_ptr<int64_t>() + i * layout.codes;
    for (int64_t c = 0; c < layout.codes; ++c) {
      int32_t code = 0;
      std::memcpy(&code, record + 16 + numbers + static_cast<size_t>(c) * 4, 4);
      codes[c] = code;
    }
  }

  const std::shared_ptr<const RowFile> file_;
  const StreamFeedOptions options_;
  const int64_t bytes_, blocks_, window_blocks_;
  int64_t epoch_ = 0, at_ = 0;
  std::vector<int64_t> block_order_;
  int64_t window_ = -1, window_begin_ = 0, window_end_ = 0;
  std::vector<int64_t> shuffled_;
  std::vector<char> buffer_;
};

}  // namespace

std::unique_ptr<Feed> MakeStreamFeed(std::shared_ptr<const RowFile> file,
                                     const StreamFeedOptions& options) {
  return std::make_unique<StreamFeed>(std::move(file), options);
}

}  // namespace bottega

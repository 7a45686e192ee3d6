#include "feed/picture_loader.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/progress.h"
#include "base/text.h"
#include "base/threads.h"

namespace bottega {

namespace {

constexpr uint64_t kGolden = 0x9E3779B97F4A7C15;  // spreads seeds of neighbouring augmentations
constexpr size_t kMostNotes = 5;
// A picture this large is cut from its file in every epoch, however few there are: to decode it
// whole takes more memory than a cache should.
constexpr int64_t kLargeOriginal = 16'000'000;

// The largest square in the middle.
CropBox MiddleSquare(int width, int height) {
  const double side = std::min(width, height);
  return {(width - side) / 2, (height - side) / 2, side, side};
}

}  // namespace

PictureLoader::PictureLoader(std::shared_ptr<const PictureSource> source,
                             std::shared_ptr<const std::vector<std::string>> cells,
                             const std::vector<int64_t>& positions,
                             const PictureFeedOptions& options)
    : source_(std::move(source)),
      cells_(std::move(cells)),
      size_(options.picture_size),
      seed_(options.seed) {
  if (options.training && options.augment.is_array()) {
    for (const Json& settings : options.augment) {
      augmentations_.push_back(MakeAugmentation(settings));
      if (augmentations_.back()->ChoosesCrop()) {
        crop_ = static_cast<int>(augmentations_.size()) - 1;
      }
    }
  }
  const int64_t each = int64_t{3} * size_ * size_;
  keep_ = static_cast<int64_t>(positions.size()) <= options.cache_bytes / each;
  if (keep_ && crop_ >= 0) keep_ = OriginalsFit(positions, options.cache_bytes);
  if (keep_) kept_ = std::vector<Kept>(cells_->size());
}

bool PictureLoader::OriginalsFit(const std::vector<int64_t>& positions, int64_t budget) const {
  std::atomic<int64_t> bytes = 0;
  std::atomic<bool> large = false;
  ParallelFor(static_cast<int64_t>(positions.size()), 64, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end && bytes <= budget && !large; ++i) {
      const size_t position = static_cast<size_t>(positions[static_cast<size_t>(i)]);
      try {
        const PictureInfo info = source_->Info((*cells_)[position]);
        const int64_t pixels = int64_t{info.width} * info.height;
        bytes += 3 * pixels;
        if (pixels > kLargeOriginal) large = true;
      } catch (const Error&) {
        continue;  // Load notes it
      }
    }
  });
  return bytes <= budget && !large;
}

Random PictureLoader::RandomOf(size_t augmentation, int64_t row, int64_t epoch) const {
  return Random(seed_ + kGolden * (augmentation + 1), Purpose::kAugment, epoch, row);
}

CropBox PictureLoader::ChooseBox(int width, int height, int64_t row, int64_t epoch) const {
  if (crop_ < 0) return MiddleSquare(width, height);
  Random random = RandomOf(static_cast<size_t>(crop_), row, epoch);
  return augmentations_[static_cast<size_t>(crop_)]->Choose(width, height, random);
}

Picture PictureLoader::Decode(int64_t position, int64_t row, int64_t epoch) {
  const std::string& cell = (*cells_)[static_cast<size_t>(position)];
  const auto choose = [&](int w, int h) { return ChooseBox(w, h, row, epoch); };
  if (!keep_) return source_->LoadCrop(cell, choose, size_, size_);
  Kept& kept = kept_[static_cast<size_t>(position)];
  const auto part = [&](const Picture& whole) {
    return ResizeCrop(whole, choose(whole.width, whole.height), size_, size_);
  };
  if (kept.state.load(std::memory_order_acquire) == 2) {
    return crop_ < 0 ? kept.picture : part(kept.picture);
  }
  Picture stable =
      crop_ < 0 ? source_->LoadCrop(cell, choose, size_, size_) : source_->Load(cell, {});
  Picture out = crop_ < 0 ? stable : part(stable);
  int expected = 0;
  if (kept.state.compare_exchange_strong(expected, 1)) {
    kept.picture = std::move(stable);
    kept.state.store(2, std::memory_order_release);
  }
  return out;
}

void PictureLoader::NoteFailure(int64_t row, const std::string& cell, const std::string& why) {
  const std::lock_guard lock(mutex_);
  if (!failed_.emplace(row, why).second || failed_.size() > kMostNotes) return;
  Note("picture " + cell + " cannot be used (" + why + "): it counts for nothing" +
       (failed_.size() == kMostNotes ? "; further ones are only counted" : ""));
}

bool PictureLoader::Load(int64_t position, int64_t row, int64_t epoch, Picture* out) {
  try {
    *out = Decode(position, row, epoch);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kInternal) throw;
    NoteFailure(row, (*cells_)[static_cast<size_t>(position)], error.message());
    return false;
  }
  for (size_t i = 0; i < augmentations_.size(); ++i) {
    if (static_cast<int>(i) == crop_) continue;
    Random random = RandomOf(i, row, epoch);
    augmentations_[i]->Apply(out, random);
  }
  return true;
}

std::map<int64_t, std::string> PictureLoader::Failed() const {
  const std::lock_guard lock(mutex_);
  return failed_;
}

}  // namespace bottega

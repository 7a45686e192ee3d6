// One row's picture as the model sees it, still 8 bits: loaded, cut, resized, augmented.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "data/image/picture.h"
#include "feed/augmentation.h"
#include "feed/feed.h"

namespace bottega {

// Thread-safe. What Load gives depends on its arguments, the options and the files alone.
class PictureLoader {
 public:
  PictureLoader(std::shared_ptr<const PictureSource> source,
                std::shared_ptr<const std::vector<std::string>> cells,
                const std::vector<int64_t>& positions, const PictureFeedOptions& options);

  // False when the picture cannot be had; `out` is then unchanged and the row is noted.
  bool Load(int64_t position, int64_t row, int64_t epoch, Picture* out);
  std::map<int64_t, std::string> Failed() const;  // row, why

 private:
  // What is kept of a picture across epochs: before anything random is done to it.
  struct Kept {
    std::atomic<int> state{0};  // 0: not yet, 1: being filled, 2: there
    Picture picture;
  };

  bool OriginalsFit(const std::vector<int64_t>& positions, int64_t budget) const;
  Random RandomOf(size_t augmentation, int64_t row, int64_t epoch) const;
  CropBox ChooseBox(int width, int height, int64_t row, int64_t epoch) const;
  Picture Decode(int64_t position, int64_t row, int64_t epoch);
  void NoteFailure(int64_t row, const std::string& cell, const std::string& why);

  const std::shared_ptr<const PictureSource> source_;
  const std::shared_ptr<const std::vector<std::string>> cells_;
  const int size_;
  const uint64_t seed_;
  std::vector<std::unique_ptr<Augmentation>> augmentations_;
  int crop_ = -1;           // index of the one that chooses what is cut out
  bool keep_ = false;       // across epochs
  std::vector<Kept> kept_;  // by position, when keep_
  mutable std::mutex mutex_;
  std::map<int64_t, std::string> failed_;
};

}  // namespace bottega

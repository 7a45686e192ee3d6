// The pictures that the benchmarks read: the picture folder that tools/run_benchmarks names in
// BOTTEGA_BENCH_PICTURES, the same for the peer.
#pragma once

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "base/files.h"
#include "data/io/folder.h"
#include "feed/feed.h"

namespace bottega {

struct BenchPictures {
  Dataset data;
  std::shared_ptr<const PictureSource> source;
  std::shared_ptr<const std::vector<std::string>> cells;
  std::shared_ptr<const FeedColumns> columns;
  std::vector<int64_t> positions;
};

// At most `most` of them, evenly taken from all.
inline BenchPictures OpenBenchPictures(size_t most) {
  const char* root = std::getenv("BOTTEGA_BENCH_PICTURES");
  if (root == nullptr) std::exit(2);
  BenchPictures out{.data = ReadPictureFolder(root, {})};
  out.source = OpenPictures(out.data);
  std::vector<std::string> cells;
  for (auto& cell : TextsOf(out.data, out.data.Find("picture"))) {
    if (cell->ends_with(".jpg")) cells.push_back(*cell);
  }
  FeedColumns columns{.rows = out.data.rows, .labels = std::vector<int32_t>(cells.size(), 0)};
  for (size_t i = 0; i < cells.size(); ++i) columns.labels[i] = static_cast<int32_t>(i % 2);
  const size_t count = std::min(most, cells.size());
  for (size_t i = 0; i < count; ++i) {
    out.positions.push_back(static_cast<int64_t>(i * cells.size() / count));
  }
  out.cells = std::make_shared<const std::vector<std::string>>(std::move(cells));
  out.columns = std::make_shared<const FeedColumns>(std::move(columns));
  return out;
}

// Random resized crop and flip with ImageNet's customary settings, to 224 px; nothing is kept
// across epochs.
inline PictureFeedOptions BenchFeedOptions() {
  PictureFeedOptions options;
  options.picture_size = 224;
  options.training = true;
  options.augment = {{{"name", "crop"}, {"smallest", 0.08}, {"largest", 1.0}, {"ratio", 4.0 / 3.0}},
                     {{"name", "flip"}, {"horizontal", 0.5}, {"vertical", 0.0}}};
  options.channels_last = true;
  options.cache_bytes = 0;
  return options;
}

}  // namespace bottega

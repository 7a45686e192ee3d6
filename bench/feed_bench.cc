// Pictures per second from JPEG files to normalized batches of 32 at 224 px (random resized crop,
// flip), with as many workers as processors and nothing kept in memory.
#include <chrono>
#include <cstdio>

#include "base/threads.h"
#include "bench_pictures.h"

int main() {
  using namespace bottega;
  const BenchPictures pictures = OpenBenchPictures(512);
  PictureFeedOptions options = BenchFeedOptions();
  options.workers = AvailableProcessors();
  const auto feed = MakePictureFeed(pictures.source, pictures.cells, pictures.columns,
                                    pictures.positions, options);
  double best = 0;
  for (int64_t epoch = 0; epoch < 4; ++epoch) {
    const auto start = std::chrono::steady_clock::now();
    feed->StartEpoch(epoch, ShuffledOrder(feed->rows(), 1, epoch));
    int64_t count = 0;
    for (Batch batch; feed->Next(&batch);) count += batch.size();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    best = std::max(best, static_cast<double>(count) / seconds.count());
  }
  std::printf("files_to_batches_224,%.1f,pictures/s\n", best);
}

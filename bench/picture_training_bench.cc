// Pictures per second of training ResNet-18 at 224 px, batch 32, channels-last (bf16 where the
// processor has it): from JPEG files through the feed (random resized crop, flip, nothing kept in
// memory), and the same step on a batch that is there already. The two take turns, so that a busy
// moment meets both.
#include <chrono>
#include <cstdio>

#include "base/threads.h"
#include "bench_pictures.h"
#include "engine/device.h"
#include "model/models.h"
#include "train/stepper.h"

namespace {

using namespace bottega;

constexpr int64_t kBatch = 32, kSteps = 4, kRounds = 3;

class Training {
 public:
  explicit Training(bool bf16) {
    auto model = MakeModel({{"name", "resnet18"},
                            {"dropout", 0.0},
                            {"drop_path", 0.0},
                            {"norm", "batch"},
                            {"zero_last_norm", false}},
                           {.picture_size = 224, .outputs = 2, .seed = 1});
    MoveModel(*model, at::kCPU, /*channels_last=*/true);
    const Json sgd = {{"name", "sgd"},    {"lr", 0.01},        {"momentum", 0.9},
                      {"dampening", 0.0}, {"nesterov", false}, {"l2", 0.0}};
    const Json train = {{"optimizer", sgd},
                        {"no_decay", "none"},
                        {"layer_decay", nullptr},
                        {"groups", Json::array()}};
    const Json loss = {
        {"name", "cross_entropy"}, {"label_smoothing", 0.0}, {"class_weights", nullptr}};
    stepper_ = MakeStepper(
        std::move(model), train,
        {.loss = loss, .precision = bf16 ? Precision::kBf16 : Precision::kFp32, .seed = 1});
  }

  // Seconds that `kSteps` steps take on what `next` gives.
  template <typename Next>
  double Seconds(const Next& next) {
    const auto start = std::chrono::steady_clock::now();
    for (int64_t step = 0; step < kSteps; ++step) {
      Batch batch = next();
      stepper_->Step({&batch, 1}, 1, 0.01);
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }

 private:
  std::unique_ptr<Stepper> stepper_;
};

}  // namespace

int main() {
  StartEngine({.device = "cpu"});
  const BenchPictures pictures = OpenBenchPictures(512);
  PictureFeedOptions options = BenchFeedOptions();
  options.workers = AvailableProcessors();
  const auto feed = MakePictureFeed(pictures.source, pictures.cells, pictures.columns,
                                    pictures.positions, options);
  feed->StartEpoch(0, ShuffledOrder(feed->rows(), 1, 0));
  const auto from_files = [&] {
    Batch batch;
    if (!feed->Next(&batch)) std::exit(1);
    return batch;
  };
  const Batch there = from_files();
  const auto from_memory = [&] { return there; };
  const bool bf16 = HasBf16Instructions();
  Training training(bf16);
  training.Seconds(from_memory);  // warms up
  double files = 0, memory = 0;
  for (int64_t round = 0; round < kRounds; ++round) {
    files += training.Seconds(from_files);
    memory += training.Seconds(from_memory);
  }
  const double count = kRounds * kSteps * kBatch;
  std::printf("resnet18_224_from_files,%.2f,pictures/s\n", count / files);
  std::printf("resnet18_224_from_memory,%.2f,pictures/s\n", count / memory);
}

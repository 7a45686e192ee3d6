// Pictures per second of decoding a JPEG and cutting a random part to 224 px, one thread, files in
// memory; and how far the scaled decode of the same parts to 64 px is from the exact one, in
// levels.
#include <chrono>
#include <cmath>
#include <cstdio>

#include "bench_pictures.h"
#include "feed/augmentation.h"

namespace {

using namespace bottega;

constexpr int kSide = 224, kSmallSide = 64, kRounds = 3;

CropBox Part(const Augmentation& crop, int width, int height, int64_t row, int64_t round) {
  Random random(1, Purpose::kAugment, round, row);
  return crop.Choose(width, height, random);
}

double PicturesPerSecond(const std::vector<std::string>& files, const Augmentation& crop) {
  double best = 0;
  for (int round = 0; round < kRounds; ++round) {
    const auto start = std::chrono::steady_clock::now();
    for (size_t i = 0; i < files.size(); ++i) {
      DecodeCrop(
          files[i], [&](int w, int h) { return Part(crop, w, h, static_cast<int64_t>(i), round); },
          kSide, kSide, "");
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    best = std::max(best, static_cast<double>(files.size()) / seconds.count());
  }
  return best;
}

// Mean absolute difference to cutting from the full decode: over all pictures, and of the worst.
std::pair<double, double> Difference(const std::vector<std::string>& files,
                                     const Augmentation& crop) {
  double sum = 0, worst = 0;
  for (size_t i = 0; i < files.size(); ++i) {
    const auto choose = [&](int w, int h) { return Part(crop, w, h, static_cast<int64_t>(i), 0); };
    const Picture fast = DecodeCrop(files[i], choose, kSmallSide, kSmallSide, "");
    const Picture whole = DecodePicture(files[i], {}, "");
    const Picture exact =
        ResizeCrop(whole, choose(whole.width, whole.height), kSmallSide, kSmallSide);
    double own = 0;
    const size_t bytes = size_t{3} * kSmallSide * kSmallSide;
    for (size_t k = 0; k < bytes; ++k) own += std::abs(fast.rgb[k] - exact.rgb[k]);
    own /= static_cast<double>(bytes);
    sum += own;
    worst = std::max(worst, own);
  }
  return {sum / static_cast<double>(files.size()), worst};
}

}  // namespace

int main() {
  const BenchPictures pictures = OpenBenchPictures(400);
  std::vector<std::string> files;
  for (const int64_t position : pictures.positions) {
    files.push_back(
        ReadFile(pictures.data.root / (*pictures.cells)[static_cast<size_t>(position)]));
  }
  const auto crop = MakeAugmentation(BenchFeedOptions().augment[0]);
  std::printf("decode_crop_224,%.1f,pictures/s\n", PicturesPerSecond(files, *crop));
  const auto [mean, worst] = Difference(files, *crop);
  std::printf("difference_mean,%.3f,levels\n", mean);
  std::printf("difference_worst,%.3f,levels\n", worst);
}

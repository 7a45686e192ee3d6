// Counter-based randomness: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as
// 1, 2, 3", SC 2011). A draw is a pure function of (seed, purpose, epoch, row, index), so that the
// same row gets the same augmentation and dropout mask whatever the order or number of threads.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace bottega {

// What a stream is for; each purpose is independent. Values are part of the file formats.
enum class Purpose : uint32_t {
  kShuffle = 1,
  kSplit = 2,
  kAugment = 3,
  kDropout = 4,
  kInitialize = 5,
  kBootstrap = 6,
  kGenerate = 7,
  kSample = 8,
  kBoost = 9,
  kSearch = 10,
  kDropPath = 20,
  kMix = 21,
  kGradientNoise = 22,
  kDiagnosis = 40,
};

using PhiloxBlock = std::array<uint32_t, 4>;
PhiloxBlock Philox(PhiloxBlock counter, std::array<uint32_t, 2> key);

// The stream of draws of one (seed, purpose, epoch, row). Cheap to make; not thread-safe.
class Random {
 public:
  Random(uint64_t seed, Purpose purpose, int64_t epoch = 0, int64_t row = 0);

  uint32_t Bits();
  double Uniform();  // [0, 1), 53 bits
  double Uniform(double low, double high);
  int64_t Below(int64_t n);  // 0 .. n-1, unbiased; n >= 1
  bool Chance(double probability);
  double Normal();  // mean 0, deviation 1 (Box-Muller)

 private:
  std::array<uint32_t, 2> key_;
  PhiloxBlock counter_;
  PhiloxBlock block_{};
  int used_ = 4;
};

// 0 .. n-1 in an order that depends only on (seed, purpose, epoch): Fisher-Yates.
std::vector<int64_t> Permutation(int64_t n, uint64_t seed, Purpose purpose, int64_t epoch = 0);

}  // namespace bottega

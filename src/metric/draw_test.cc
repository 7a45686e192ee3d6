#include "metric/draw.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace bottega {
namespace {

TEST(DrawTest, CountsTheDrawsOfTheSharedGenerator) {
  for (const int64_t n : {1, 7, 64, 1000}) {
    for (const int64_t resample : {0L, 3L, 5'000'000'000L}) {
      std::vector<uint16_t> counts(static_cast<size_t>(n), 9), expected(counts.size(), 0);
      const uint64_t seed = 0x1234'5678'9abcULL;
      DrawCounts(seed, resample, &counts);
      Random random(seed, Purpose::kBootstrap, 0, resample);
      for (int64_t i = 0; i < n; ++i) {
        ++expected[static_cast<uint64_t>(random.Bits()) * static_cast<uint64_t>(n) >> 32];
      }
      EXPECT_EQ(counts, expected) << n << " " << resample;
    }
  }
}

}  // namespace
}  // namespace bottega

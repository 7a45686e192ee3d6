#include "base/threads.h"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace bottega {
namespace {

TEST(ParallelFor, VisitsEachIndexOnce) {
  for (const int threads : {0, 1, 3, 16}) {
    std::vector<std::atomic<int>> seen(1001);
    ParallelFor(
        1001, 10,
        [&](int64_t begin, int64_t end) {
          for (int64_t i = begin; i < end; ++i) ++seen[static_cast<size_t>(i)];
        },
        threads);
    for (const auto& n : seen) ASSERT_EQ(n, 1);
  }
}

TEST(ParallelFor, ChunkBordersDoNotDependOnThreads) {
  const auto borders = [](int threads) {
    std::mutex mutex;
    std::set<std::pair<int64_t, int64_t>> found;
    ParallelFor(
        103, 25,
        [&](int64_t begin, int64_t end) {
          const std::lock_guard lock(mutex);
          found.emplace(begin, end);
        },
        threads);
    return found;
  };
  EXPECT_EQ(borders(1), borders(7));
  EXPECT_EQ(borders(1).size(), 5u);
}

TEST(ParallelFor, RethrowsTheFirstExceptionAndStops) {
  std::atomic<int> calls = 0;
  EXPECT_THROW(ParallelFor(
                   1'000'000, 1,
                   [&](int64_t, int64_t) {
                     ++calls;
                     throw std::runtime_error("no");
                   },
                   4),
               std::runtime_error);
  EXPECT_LE(calls, 8);
}

TEST(ParallelFor, TakesNothingAndOddChunks) {
  ParallelFor(0, 10, [](int64_t, int64_t) { FAIL(); });
  int64_t sum = 0;
  ParallelFor(3, 0, [&](int64_t begin, int64_t) { sum += begin; }, 1);
  EXPECT_EQ(sum, 3);
}

TEST(AvailableProcessors, IsBetweenOneAndTheMachines) {
  EXPECT_GE(AvailableProcessors(), 1);
  EXPECT_LE(AvailableProcessors(), static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace
}  // namespace bottega

#include "feed/prefetcher.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>

namespace bottega {
namespace {

struct Squares : Job {
  Squares(int64_t n, int64_t count) : number(n), done(static_cast<size_t>(count)) {}
  int64_t items() const override { return static_cast<int64_t>(done.size()); }
  void Work(int64_t begin, int64_t end) override {
    for (int64_t i = begin; i < end; ++i) done[static_cast<size_t>(i)] += number * number + i;
  }
  const int64_t number;
  std::vector<int64_t> done;
};

struct Bomb : Job {
  int64_t items() const override { return 3; }
  void Work(int64_t, int64_t) override { throw std::runtime_error("bomb"); }
};

std::unique_ptr<Job> MakeSquares(int64_t n) { return std::make_unique<Squares>(n, n % 7); }

// Number of the next job, with all of its work done exactly once; -1 after the last.
int64_t TakeNumber(Prefetcher* prefetcher) {
  const std::unique_ptr<Job> job = prefetcher->Take();
  if (!job) return -1;
  const auto& squares = static_cast<const Squares&>(*job);
  for (int64_t i = 0; i < squares.items(); ++i) {
    EXPECT_EQ(squares.done[static_cast<size_t>(i)], squares.number * squares.number + i);
  }
  return squares.number;
}

TEST(PrefetcherTest, HandsOutInOrderWhateverTheThreads) {
  for (const int threads : {1, 2, 5}) {
    for (const int64_t chunk : {1, 2, 100}) {
      Prefetcher prefetcher(threads, 3, chunk);
      prefetcher.Start(2, 60, MakeSquares);
      for (int64_t n = 2; n < 60; ++n) ASSERT_EQ(TakeNumber(&prefetcher), n);
      EXPECT_EQ(TakeNumber(&prefetcher), -1);
      EXPECT_EQ(TakeNumber(&prefetcher), -1);
    }
  }
}

TEST(PrefetcherTest, MakesInOrderAndNeverMoreThanAllowed) {
  std::atomic<int64_t> taken = 0;
  std::vector<int64_t> made;  // one call at a time
  Prefetcher prefetcher(4, 2, 1);
  prefetcher.Start(0, 50, [&](int64_t n) {
    made.push_back(n);
    // `taken` may lag behind what the prefetcher knows by the call under way.
    EXPECT_LE(n, taken + 1 + 2);
    return MakeSquares(n);
  });
  for (int64_t n = 0; n < 50; ++n) {
    ASSERT_EQ(TakeNumber(&prefetcher), n);
    ++taken;
  }
  std::vector<int64_t> all(50);
  for (size_t i = 0; i < 50; ++i) all[i] = static_cast<int64_t>(i);
  EXPECT_EQ(made, all);
}

TEST(PrefetcherTest, WhatAWorkerThrowsReachesTake) {
  Prefetcher prefetcher(2, 1, 1);
  const auto make = [](int64_t n) -> std::unique_ptr<Job> {
    if (n == 3) return std::make_unique<Bomb>();
    return MakeSquares(n);
  };
  prefetcher.Start(0, 9, make);
  // One ahead: the third is only begun once the second was taken.
  for (int64_t n = 0; n < 2; ++n) EXPECT_EQ(TakeNumber(&prefetcher), n);
  EXPECT_THROW(
      {
        while (prefetcher.Take() != nullptr) {
        }
      },
      std::runtime_error);
  EXPECT_EQ(prefetcher.Take(), nullptr);
  prefetcher.Start(4, 9, make);
  for (int64_t n = 4; n < 9; ++n) EXPECT_EQ(TakeNumber(&prefetcher), n);
}

TEST(PrefetcherTest, WhatMakingThrowsReachesTake) {
  Prefetcher prefetcher(3, 2, 1);
  prefetcher.Start(0, 5,
                   [](int64_t) -> std::unique_ptr<Job> { throw std::runtime_error("no batch"); });
  EXPECT_THROW(prefetcher.Take(), std::runtime_error);
  EXPECT_EQ(prefetcher.Take(), nullptr);
}

TEST(PrefetcherTest, ANewSeriesDropsTheOldOne) {
  Prefetcher prefetcher(3, 4, 1);
  prefetcher.Start(0, 1000, MakeSquares);
  EXPECT_EQ(TakeNumber(&prefetcher), 0);
  prefetcher.Start(500, 503, MakeSquares);
  for (int64_t n = 500; n < 503; ++n) EXPECT_EQ(TakeNumber(&prefetcher), n);
  EXPECT_EQ(TakeNumber(&prefetcher), -1);
  prefetcher.Start(7, 3, MakeSquares);
  EXPECT_EQ(TakeNumber(&prefetcher), -1);
}

TEST(PrefetcherTest, EndsEarlyWithoutBeingTaken) {
  for (int i = 0; i < 50; ++i) {
    Prefetcher prefetcher(4, 8, 1);
    prefetcher.Start(0, 1000, MakeSquares);
    if (i % 2) EXPECT_EQ(TakeNumber(&prefetcher), 0);
  }
}

}  // namespace
}  // namespace bottega

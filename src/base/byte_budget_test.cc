#include "base/byte_budget.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace bottega {
namespace {

TEST(ByteBudget, ThreadsNeverHoldMoreThanThereIs) {
  ByteBudget budget(100);
  std::atomic<int64_t> held = 0, most = 0;
  const auto work = [&](int64_t bytes) {
    for (int i = 0; i < 200; ++i) {
      const ByteBudget::Share share = budget.Take(bytes);
      const int64_t now = held += bytes;
      int64_t seen = most;
      while (now > seen && !most.compare_exchange_weak(seen, now)) {
      }
      std::this_thread::yield();
      held -= bytes;
    }
  };
  std::vector<std::thread> threads;
  for (const int64_t bytes : {10, 30, 60, 100}) threads.emplace_back(work, bytes);
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(most, 100);
  EXPECT_EQ(held, 0);
}

TEST(ByteBudget, WhatIsLargerThanTheBudgetGoesAlone) {
  ByteBudget budget(100);
  std::atomic<bool> small_is_back = false;
  ByteBudget::Share small = budget.Take(1);
  std::thread large([&] {
    const ByteBudget::Share share = budget.Take(1000);
    EXPECT_TRUE(small_is_back);
  });
  small_is_back = true;
  small = {};
  large.join();
}

TEST(ByteBudget, AShareThatMovesIsGivenBackOnce) {
  ByteBudget budget(10);
  {
    ByteBudget::Share first = budget.Take(10);
    const ByteBudget::Share second = std::move(first);
  }
  const ByteBudget::Share all = budget.Take(10);
}

}  // namespace
}  // namespace bottega

#include "base/memory.h"

#include <gtest/gtest.h>

#include <vector>

namespace bottega {
namespace {

TEST(Memory, WhatIsTouchedIsResident) {
  constexpr int64_t kBytes = 64 << 20;
  const int64_t before = ResidentMemory();
  EXPECT_GT(before, 1 << 20);
  const std::vector<char> block(kBytes, 1);
  EXPECT_GT(ResidentMemory() - before, kBytes / 2);
  EXPECT_EQ(block[kBytes / 2], 1);
}

TEST(Memory, ThePeakRemembersWhatIsFreedUntilItIsReset) {
  constexpr size_t kBytes = 64 << 20;
  {
    const std::vector<char> block(kBytes, 1);
    EXPECT_EQ(block[kBytes / 2], 1);
  }
  const int64_t peak = PeakMemory();
  EXPECT_GE(peak, ResidentMemory());
  if (!ResetPeakMemory()) return;
  EXPECT_LT(PeakMemory(), peak - static_cast<int64_t>(kBytes / 2));
}

TEST(Memory, SomeIsAvailable) { EXPECT_GT(AvailableMemory(), 1 << 20); }

}  // namespace
}  // namespace bottega

#include "base/clock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace bottega {
namespace {

TEST(Clock, FormatsUtc) {
  EXPECT_EQ(FormatUtc(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(FormatUtc(1795473667), "2026-11-23T22:41:07Z");
}

TEST(Clock, SourceDateEpochReplacesNow) {
  setenv("SOURCE_DATE_EPOCH", "1795473667", 1);
  EXPECT_EQ(NowUtc(), "2026-11-23T22:41:07Z");
  EXPECT_THAT(NewRunId(), testing::StartsWith("20261123-224107-"));
  setenv("SOURCE_DATE_EPOCH", "soon", 1);
  EXPECT_GT(NowUnixSeconds(), 1'700'000'000);
  unsetenv("SOURCE_DATE_EPOCH");
}

TEST(Clock, RunIdsAreInOrderWithinASecond) {
  std::vector<std::string> ids;
  for (int i = 0; i < 20; ++i) {
    ids.push_back(NewRunId());
    usleep(100);
  }
  EXPECT_TRUE(std::ranges::is_sorted(ids, std::less_equal()));
  EXPECT_THAT(ids[0], testing::MatchesRegex("[0-9]+-[0-9]+-[0-9a-f]+"));
  EXPECT_EQ(ids[0].size(), 20u);
}

TEST(Clock, MonotonicNeverGoesBack) {
  double last = MonotonicSeconds();
  for (int i = 0; i < 1000; ++i) {
    const double now = MonotonicSeconds();
    ASSERT_GE(now, last);
    last = now;
  }
}

}  // namespace
}  // namespace bottega

#include "base/quantity.h"

#include <gtest/gtest.h>

namespace bottega {
namespace {

TEST(Quantity, DurationsHaveUnitsThatMayFollowEachOther) {
  EXPECT_EQ(ParseDuration("90s"), 90);
  EXPECT_EQ(ParseDuration("30m"), 1800);
  EXPECT_EQ(ParseDuration("2h"), 7200);
  EXPECT_EQ(ParseDuration("1h30m"), 5400);
  EXPECT_EQ(ParseDuration("1.5h"), 5400);
  EXPECT_EQ(ParseDuration("250ms"), 0.25);
  EXPECT_EQ(ParseDuration("45"), 45);
  for (const char* wrong : {"", "m", "30x", "-5s", "1h30", "ten", "inf", "1..2s"}) {
    EXPECT_FALSE(ParseDuration(wrong).has_value()) << wrong;
  }
}

TEST(Quantity, BytesArePowersOf1024) {
  EXPECT_EQ(ParseBytes("8G"), int64_t{8} << 30);
  EXPECT_EQ(ParseBytes("512M"), 512 << 20);
  EXPECT_EQ(ParseBytes("1.5GB"), int64_t{3} << 29);
  EXPECT_EQ(ParseBytes("64KiB"), 65536);
  EXPECT_EQ(ParseBytes("1000"), 1000);
  for (const char* wrong : {"", "G", "8X", "-1G", "8G2", "much", "1e40"}) {
    EXPECT_FALSE(ParseBytes(wrong).has_value()) << wrong;
  }
}

}  // namespace
}  // namespace bottega

#include "profile/shape.h"

#include <gtest/gtest.h>

namespace bottega {
namespace {

TEST(ShapeTest, RunsAndLengths) {
  EXPECT_EQ(ShapeOf("AB-1234 x"), "a-9 a");
  EXPECT_EQ(ExactShapeOf("AB-1234"), "aa-9999");
  EXPECT_EQ(ExactShapeOf("Zü9"), "aa9");
  EXPECT_EQ(ShapeTokens("a-9a 9"), (std::vector<std::string>{"a", "9a", "9"}));
}

TEST(ShapeTest, DamagedCharactersAreOfAnotherKind) {
  EXPECT_TRUE(MatchesButKinds("x00%", "100%"));
  EXPECT_TRUE(MatchesButKinds("6xpatients", "6 patients"));
  EXPECT_FALSE(MatchesButKinds("101%", "100%"));  // a digit for a digit
  EXPECT_FALSE(MatchesButKinds("100%", "100%"));
  EXPECT_FALSE(MatchesButKinds("xx", "12"));  // nothing is left
  EXPECT_FALSE(MatchesButKinds("x0%", "100%"));
}

}  // namespace
}  // namespace bottega

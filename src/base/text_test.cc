#include "base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace bottega {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Split, KeepsEmptyParts) {
  EXPECT_THAT(Split("a,,b,", ','), ElementsAre("a", "", "b", ""));
  EXPECT_THAT(Split("", ','), ElementsAre(""));
}

TEST(Join, IsTheReverse) {
  EXPECT_EQ(Join({"a", "", "b"}, ", "), "a, , b");
  EXPECT_EQ(Join({"", "a"}, "-"), "-a");
  EXPECT_EQ(Join({}, ","), "");
}

TEST(Trim, TakesAsciiSpaceOnly) {
  EXPECT_EQ(Trim(" \t a b \r\n"), "a b");
  EXPECT_EQ(Trim(" \n "), "");
  EXPECT_EQ(Trim("\xc2\xa0x"), "\xc2\xa0x");
}

TEST(Replace, IsNotRecursive) {
  EXPECT_EQ(Replace("aaa", "a", "aa"), "aaaaaa");
  EXPECT_EQ(Replace("a.b", ".", ""), "ab");
}

TEST(ParseNumber, TakesWholeNumbersAndDecimals) {
  EXPECT_EQ(ParseNumber(" 3.25 "), 3.25);
  EXPECT_EQ(ParseNumber("+7"), 7);
  EXPECT_EQ(ParseNumber("-1e-3"), -1e-3);
  EXPECT_TRUE(std::isnan(*ParseNumber("nan")));
  EXPECT_EQ(ParseNumber("-inf"), -std::numeric_limits<double>::infinity());
}

TEST(ParseNumber, RefusesEverythingElse) {
  for (const char* text :
       {"", " ", "1,000", "1 2", "0x10", "+-5", "++5", "1e", "one", "--1", "+"}) {
    EXPECT_EQ(ParseNumber(text), std::nullopt) << text;
    EXPECT_EQ(ParseInteger(text), std::nullopt) << text;
  }
  EXPECT_EQ(ParseInteger("3.0"), std::nullopt);
  EXPECT_EQ(ParseInteger("9223372036854775808"), std::nullopt);
  EXPECT_EQ(ParseInteger("-9223372036854775808"), std::numeric_limits<int64_t>::min());
}

TEST(EditDistance, IsLevenshteins) {
  EXPECT_EQ(EditDistance("kitten", "sitting"), 3);
  EXPECT_EQ(EditDistance("", "abc"), 3);
  EXPECT_EQ(EditDistance("same", "same"), 0);
  EXPECT_EQ(EditDistance("flaw", "lawn"), 2);
  EXPECT_EQ(EditDistance("kitten", "sitting", 2), 3);  // given up
  EXPECT_EQ(EditDistance("a", "abcdefgh", 2), 3);
}

TEST(NearestNames, FindsMisspellingsAndPrefixes) {
  const std::vector<std::string> names = {"momentum", "nesterov", "weight_decay", "lr"};
  EXPECT_THAT(NearestNames("momentun", names), ElementsAre("momentum"));
  EXPECT_THAT(NearestNames("wei", names), ElementsAre("weight_decay"));
  EXPECT_THAT(NearestNames("WEIGHT_DECAY", names), ElementsAre("weight_decay"));
  EXPECT_THAT(NearestNames("banana", names), IsEmpty());
}

TEST(FirstInvalidUtf8, FindsTheByte) {
  EXPECT_EQ(FirstInvalidUtf8("plain, ü, 日本, 😀"), -1);
  EXPECT_EQ(FirstInvalidUtf8("ab\xff"), 2);
  EXPECT_EQ(FirstInvalidUtf8("\xc0\xaf"), 0);          // overlong
  EXPECT_EQ(FirstInvalidUtf8("\xed\xa0\x80"), 0);      // surrogate
  EXPECT_EQ(FirstInvalidUtf8("\xf4\x90\x80\x80"), 0);  // beyond U+10FFFF
  EXPECT_EQ(FirstInvalidUtf8("x\xe2\x82"), 1);         // cut short
}

TEST(DisplayWidth, CountsCells) {
  EXPECT_EQ(DisplayWidth("abc"), 3);
  EXPECT_EQ(DisplayWidth("日本"), 4);
  EXPECT_EQ(DisplayWidth("e\xcc\x81"), 1);
  EXPECT_EQ(DisplayWidth("\xff\xff"), 2);
}

TEST(Shorten, CutsAtCells) {
  EXPECT_EQ(Shorten("abcdef", 6), "abcdef");
  EXPECT_EQ(Shorten("abcdef", 4), "abc…");
  EXPECT_EQ(Shorten("日本語", 4), "日…");
  EXPECT_EQ(Shorten("abc", 0), "");
}

TEST(EscapeHtml, LeavesNoMarkup) {
  EXPECT_EQ(EscapeHtml("<a b='c'>&\""), "&lt;a b=&#39;c&#39;&gt;&amp;&quot;");
}

TEST(ShellQuote, QuotesOnlyWhatNeedsIt) {
  EXPECT_EQ(ShellQuote("data/a-b_1.csv"), "data/a-b_1.csv");
  EXPECT_EQ(ShellQuote("my data.csv"), "'my data.csv'");
  EXPECT_EQ(ShellQuote("it's"), "'it'\\''s'");
  EXPECT_EQ(ShellQuote(""), "''");
  EXPECT_EQ(ShellQuote("$(rm)"), "'$(rm)'");
}

TEST(Format, Counts) {
  EXPECT_EQ(FormatCount(0), "0");
  EXPECT_EQ(FormatCount(999), "999");
  EXPECT_EQ(FormatCount(12345), "12,345");
  EXPECT_EQ(FormatCount(-1234567), "-1,234,567");
  EXPECT_EQ(FormatCount(std::numeric_limits<int64_t>::min()), "-9,223,372,036,854,775,808");
}

TEST(Format, NumbersAndPercents) {
  EXPECT_EQ(FormatNumber(0.123456), "0.1235");
  EXPECT_EQ(FormatNumber(2.0), "2");
  EXPECT_EQ(FormatNumber(NAN), "–");
  EXPECT_EQ(FormatPercent(0.4567), "45.7 %");
  EXPECT_EQ(FormatPercent(1, 0), "100 %");
}

TEST(Format, BytesNeverShowAThousand) {
  EXPECT_EQ(FormatBytes(999), "999 B");
  EXPECT_EQ(FormatBytes(1000), "1.0 kB");
  EXPECT_EQ(FormatBytes(1'400'000), "1.4 MB");
  EXPECT_EQ(FormatBytes(999'999), "1.0 MB");
}

TEST(Format, DurationsCarryOver) {
  EXPECT_EQ(FormatDuration(0.00031), "0.31 ms");
  EXPECT_EQ(FormatDuration(0.0052), "5.2 ms");
  EXPECT_EQ(FormatDuration(0.0123), "12 ms");
  EXPECT_EQ(FormatDuration(0.9999), "1.0 s");
  EXPECT_EQ(FormatDuration(59.97), "1 min 00 s");
  EXPECT_EQ(FormatDuration(184), "3 min 04 s");
  EXPECT_EQ(FormatDuration(3599.8), "1 h 00 min");
  EXPECT_EQ(FormatDuration(7500), "2 h 05 min");
}

}  // namespace
}  // namespace bottega

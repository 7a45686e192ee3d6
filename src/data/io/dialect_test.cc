#include "data/io/dialect.h"

#include <gtest/gtest.h>

#include "data/io/csv_blocks.h"

namespace bottega {
namespace {

TEST(DialectTest, Delimiters) {
  EXPECT_EQ(DetectDialect("a,b\n1,2\n").delimiter, ',');
  EXPECT_EQ(DetectDialect("a;b\n1,5;2\n3,5;4\n").delimiter, ';');
  EXPECT_EQ(DetectDialect("label\tsentence\n1\tgood, very good, fine\n0\tbad\n").delimiter, '\t');
  EXPECT_EQ(DetectDialect("a|b|c\n1|2|3\n").delimiter, '|');
  EXPECT_EQ(DetectDialect("word\none\ntwo\n").delimiter, kNoDelimiter);
  EXPECT_TRUE(DetectDialect("39, State-gov, 7\n50, Private, 8\n").space_after);
}

TEST(DialectTest, Headers) {
  EXPECT_TRUE(DetectDialect("age,city\n1,Rome\n2,Bari\n").header);
  EXPECT_FALSE(DetectDialect("39,Rome\n50,Bari\n").header);
  EXPECT_FALSE(DetectDialect("p,x,s\ne,x,s\np,y,n\n").header);
  EXPECT_TRUE(DetectDialect("kind,shape\np,x\ne,y\n").header);
  EXPECT_FALSE(DetectDialect("when,what\n", {.header = false}).header);
}

TEST(DialectTest, LinesBeforeTheTable) {
  const Dialect dialect = DetectDialect("|1x3 Cross validator\n25,a,x\n38,b,y\n28,a,z\n");
  EXPECT_EQ(dialect.preamble, 1);
  EXPECT_EQ(dialect.width, 3);
  EXPECT_EQ(dialect.body_line, 2);
  EXPECT_FALSE(dialect.header);
}

TEST(CsvBlocksTest, RecordsWithLineEndsInQuotesKeepTheirLines) {
  const std::string text = "1,\"a\nb\"\r\n\n2,\"say \"\"hi\"\"\"\n3,5\" pipe\n4,x";
  EXPECT_TRUE(HasQuotedLineEnds(text, ','));
  EXPECT_FALSE(HasQuotedLineEnds("1,5\" pipe\n2,x\n", ','));
  EXPECT_EQ(LinesOfRecords(text, ',', 2, {0, 1, 2, 3}), (std::vector<int64_t>{2, 5, 6, 7}));
  EXPECT_EQ(UnclosedQuote(text, ','), -1);
  EXPECT_EQ(UnclosedQuote("1,\"a\n2,b\n", ','), 2);
  const std::vector<size_t> ends = BlockEnds(text, ',', 3, true);
  EXPECT_EQ(ends.front(), 9u);
  EXPECT_EQ(ends.back(), text.size());
}

}  // namespace
}  // namespace bottega

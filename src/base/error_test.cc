#include "base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

namespace bottega {
namespace {

TEST(Error, KindsHaveTheExitCodesOfTheDesign) {
  EXPECT_EQ(ExitCode(ErrorKind::kInternal), 1);
  EXPECT_EQ(ExitCode(ErrorKind::kUsage), 2);
  EXPECT_EQ(ExitCode(ErrorKind::kRecipe), 2);
  EXPECT_EQ(ExitCode(ErrorKind::kGate), 3);
  EXPECT_EQ(ExitCode(ErrorKind::kData), 65);
  EXPECT_EQ(ExitCode(ErrorKind::kMissing), 66);
  EXPECT_EQ(ExitCode(ErrorKind::kIo), 74);
  EXPECT_EQ(ExitCode(ErrorKind::kBudget), 75);
  EXPECT_EQ(KindName(ErrorKind::kRecipe), "recipe");
}

TEST(Error, PlacesReadLikeCompilersWriteThem) {
  EXPECT_EQ((Place{.file = "adult.csv", .line = 12, .column = "age"}).ToString(),
            "adult.csv:12: column 'age'");
  EXPECT_EQ((Place{.file = "fruit/a.jpg"}).ToString(), "fruit/a.jpg");
  EXPECT_EQ((Place{.file = "bottega.yaml", .line = 3, .column = "7"}).ToString(),
            "bottega.yaml:3:7");
  EXPECT_EQ((Place{.file = "years.csv", .line = 3, .column = "1984"}).ToString(),
            "years.csv:3: column '1984'");
  EXPECT_EQ((Place{.file = "a.parquet", .row = 4, .column = "x"}).ToString(),
            "a.parquet: row 4: column 'x'");
  EXPECT_EQ((Place{.row = 4}).ToString(), "row 4");
  EXPECT_TRUE(Place{}.empty());
}

TEST(Error, WhatHoldsPlaceAndMessage) {
  const Error error(ErrorKind::kData, "no rows", {.file = "a.csv"}, "bottega init b.csv");
  EXPECT_STREQ(error.what(), "a.csv: no rows");
  EXPECT_EQ(error.hint(), "bottega init b.csv");
}

TEST(Error, ErrnoDecidesKindAndHint) {
  EXPECT_EQ(IoError("opening", "a", ENOENT).kind(), ErrorKind::kMissing);
  const Error full = IoError("writing", "a", ENOSPC);
  EXPECT_EQ(full.kind(), ErrorKind::kIo);
  EXPECT_THAT(full.hint(), testing::HasSubstr("df -h"));
  EXPECT_THAT(IoError("writing", "a", EACCES).hint(), testing::HasSubstr("-C DIR"));
  EXPECT_THAT(full.message(), testing::HasSubstr("No space left"));
}

}  // namespace
}  // namespace bottega

#include "profile/large_source.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/files.h"

namespace bottega {
namespace {

class SampleTableTest : public ::testing::Test {
 protected:
  SampleTableTest() {
    std::string text = "number,town\n";
    for (int i = 0; i < kRows; ++i) text += std::to_string(i) + ",Milano\n";
    WriteFileAtomic(file_, text);
  }

  RawTable Sample(const SampleSize& size) { return SampleTable(file_, Json::object(), size, 3); }

  static constexpr int kRows = 20'000;
  TemporaryFolder folder_;
  const std::filesystem::path file_ = folder_.path() / "towns.csv";
};

TEST_F(SampleTableTest, HoldsAsManyRowsAsAsked) {
  EXPECT_EQ(Sample({.rows = 7'000}).rows.size(), 7'000u);
  EXPECT_EQ(Sample({.rows = 10 * kRows}).rows.size(), size_t{kRows});
}

TEST_F(SampleTableTest, HoldsAsManyRowsAsFitIntoTheBytes) {
  // About 11 bytes of text and two offsets a row.
  const RawTable bounded = Sample({.rows = kRows, .bytes = 100'000});
  EXPECT_GT(bounded.rows.size(), 4'000u);
  EXPECT_LT(bounded.rows.size(), 7'000u);
  const RawTable larger = Sample({.rows = 7'000});
  EXPECT_TRUE(std::ranges::includes(larger.rows, bounded.rows));
}

TEST_F(SampleTableTest, TellsOfHowManyRowsItIs) {
  int64_t rows = 0;
  SampleTable(file_, Json::object(), {.rows = 10}, 3, &rows);
  EXPECT_EQ(rows, kRows);
}

TEST_F(SampleTableTest, IsNeverTooSmallToFitAnything) {
  EXPECT_EQ(Sample({.rows = kRows, .bytes = 1}).rows.size(), 1'000u);
  EXPECT_EQ(Sample({.rows = 500, .bytes = 1}).rows.size(), 500u);
}

}  // namespace
}  // namespace bottega

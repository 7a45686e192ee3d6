#include "data/io/record_lines.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "data/open.h"

namespace bottega {
namespace {

std::vector<int64_t> Lines(const std::string& name, const std::string& text,
                           const std::vector<int64_t>& records) {
  TemporaryFolder folder;
  const auto file = folder.path() / name;
  WriteFileAtomic(file, text);
  const Dataset data = InferDataset(file, "").data;
  return LinesInFile(file, data.reading, records);
}

using Numbers = std::vector<int64_t>;

TEST(RecordLinesTest, CountsHeaderBlankLinesAndLineEndsInCells) {
  const std::string csv = "name,age\nAda,31\n\n\"Grace\nHopper\",45\nAlan,41\nMary,29\n";
  EXPECT_EQ(Lines("a.csv", csv, {0, 1, 2, 3}), (Numbers{2, 4, 6, 7}));
  EXPECT_EQ(Lines("a.csv", csv, {3, 0, 3}), (Numbers{7, 2, 7}));
}

TEST(RecordLinesTest, KnowsOtherDelimitersAndJsonLines) {
  EXPECT_EQ(Lines("a.tsv", "a\tb\n1\tx\n2\ty\n3\tz\n", {2}), (Numbers{4}));
  EXPECT_EQ(Lines("a.jsonl", "{\"a\":1}\n\n{\"a\":2}\n{\"a\":3}\n", {0, 1, 2}), (Numbers{1, 3, 4}));
}

TEST(RecordLinesTest, HasNoneWhereThereAreNoLines) {
  EXPECT_TRUE(Lines("a.json", "[{\"a\":1},{\"a\":2}]", {0}).empty());
  EXPECT_TRUE(
      LinesInFile("gone.csv", {{"compression", "none"}, {"delimiter", ","}, {"header", true}}, {0})
          .empty());
  EXPECT_TRUE(LinesInFile("x", Json::object(), {0}).empty());
}

}  // namespace
}  // namespace bottega

#include "data/io/csv_writer.h"

#include <arrow/table.h>
#include <gtest/gtest.h>

#include <limits>

#include "base/files.h"
#include "data/arrow_support.h"

namespace bottega {
namespace {

TEST(CsvWriterTest, QuotesOnlyWhatNeedsIt) {
  const auto text = TextArray(
      std::vector<std::optional<std::string>>{"a,b", "say \"hi\"", "two\nlines", "", std::nullopt});
  const auto number = NumberArray({1, 0.5, std::numeric_limits<double>::quiet_NaN(), -3, 1e21});
  const auto table = MakeTable({{"te,xt", text}, {"n", number}});
  EXPECT_EQ(CsvText(*table),
            "\"te,xt\",n\n\"a,b\",1\n\"say \"\"hi\"\"\",0.5\n\"two\nlines\",\n\"\",-3\n,1e+21\n");
  EXPECT_EQ(CsvText(*table, {.delimiter = '\t', .header = false, .missing = "NA"}),
            "a,b\t1\n\"say \"\"hi\"\"\"\t0.5\n\"two\nlines\"\tNA\n\t-3\nNA\t1e+21\n");
}

TEST(CsvWriterTest, ALoneMissingCellIsNoEmptyLine) {
  const auto text = TextArray(std::vector<std::optional<std::string>>{"a", std::nullopt});
  const auto table = MakeTable({{"t", text}});
  const TemporaryFolder folder;
  WriteCsv(folder.path() / "t.csv", *table);
  EXPECT_EQ(ReadFile(folder.path() / "t.csv"), "t\na\n\"\"\n");
}

}  // namespace
}  // namespace bottega

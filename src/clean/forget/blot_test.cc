#include "clean/forget/blot.h"

#include <arrow/array.h>
#include <arrow/table.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "data/arrow_support.h"
#include "data/io/parquet.h"
#include "run/row_files.h"

namespace bottega {
namespace {

std::vector<int64_t> Numbers(const std::filesystem::path& file, const std::string& column) {
  const auto array = OneChunk(ReadParquet(file)->GetColumnByName(column));
  std::vector<int64_t> numbers;
  for (int64_t i = 0; i < array->length(); ++i) {
    const auto& integers = static_cast<const arrow::Int64Array&>(*array);
    numbers.push_back(integers.IsNull(i) ? -1 : integers.Value(i));
  }
  return numbers;
}

TEST(BlotTest, RecordNumbersNameNobody) {
  const TemporaryFolder folder;
  const auto file = folder.path() / kKeptRows, to = folder.path() / "blotted.parquet";
  const ValueFinder finder({{"851351"}});
  const auto records = IntegerArray({7, 851351, 9});
  WriteParquet(file, *MakeTable({{"row", records}}));
  EXPECT_EQ(ValuesIn(file, finder), 0);
  int64_t count = 0;
  EXPECT_EQ(BlotFile(file, finder, to, &count), Blotted::kNothing);

  WriteParquet(file, *MakeTable({{"row", records}, {"group", records}, {"phone", records}}));
  EXPECT_EQ(ValuesIn(file, finder), 1);
  EXPECT_EQ(BlotFile(file, finder, to, &count), Blotted::kWritten);
  EXPECT_EQ(count, 1);
  EXPECT_EQ(Numbers(to, "row"), (std::vector<int64_t>{7, 851351, 9}));
  EXPECT_EQ(Numbers(to, "group"), (std::vector<int64_t>{7, 851351, 9}));
  EXPECT_EQ(Numbers(to, "phone"), (std::vector<int64_t>{7, -1, 9}));
}

TEST(BlotTest, TextsAreLookedAtWhateverTheirColumnIsCalled) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "a.parquet";
  const std::vector<std::string> names = {"Rossi"};
  WriteParquet(file, *MakeTable({{"row", TextArray(names)}}));
  EXPECT_GE(ValuesIn(file, ValueFinder({{"Rossi"}})), 1);
}

}  // namespace
}  // namespace bottega

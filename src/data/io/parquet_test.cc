#include "data/io/parquet.h"

#include <arrow/table.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "data/arrow_support.h"

namespace bottega {
namespace {

std::shared_ptr<arrow::Table> Small() {
  const auto row = IntegerArray({0, 1, 2});
  const auto part = TextArray(std::vector<std::string>{"train", "test", "train"});
  return MakeTable({{"row", row}, {"part", part}});
}

TEST(ParquetTest, ReadsBackWhatItWroteAndWritesTheSameBytesTwice) {
  const TemporaryFolder folder;
  WriteParquet(folder.path() / "a.parquet", *Small());
  WriteParquet(folder.path() / "b.parquet", *Small());
  EXPECT_TRUE(ReadParquet(folder.path() / "a.parquet")->Equals(*Small()));
  EXPECT_EQ(ReadFile(folder.path() / "a.parquet"), ReadFile(folder.path() / "b.parquet"));
}

TEST(ParquetTest, MissingCutAndCorruptFilesAreErrors) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "a.parquet";
  const auto kind = [&] {
    try {
      ReadParquet(path);
    } catch (const Error& e) {
      EXPECT_EQ(e.place().file, path.string());
      return e.kind();
    }
    return ErrorKind::kInternal;
  };
  EXPECT_EQ(kind(), ErrorKind::kMissing);
  WriteParquet(path, *Small());
  const std::string whole = ReadFile(path);
  WriteFileAtomic(path, whole.substr(0, whole.size() - 20));
  EXPECT_EQ(kind(), ErrorKind::kData);
  std::string corrupt = whole;
  for (size_t i = 4; i < 60; ++i) corrupt[i] = static_cast<char>(~corrupt[i]);
  WriteFileAtomic(path, corrupt);
  EXPECT_EQ(kind(), ErrorKind::kData);
  WriteFileAtomic(path, "");
  EXPECT_EQ(kind(), ErrorKind::kData);
}

}  // namespace
}  // namespace bottega

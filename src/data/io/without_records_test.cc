#include "data/io/without_records.h"

#include <arrow/api.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "data/arrow_support.h"
#include "data/io/parquet.h"
#include "data/io/source_bytes.h"

namespace bottega {
namespace {

std::string Without(const std::string& name, const std::string& bytes, const Json& reading,
                    const std::vector<int64_t>& records) {
  const TemporaryFolder folder;
  WriteFileAtomic(folder.path() / name, bytes);
  WriteWithoutRecords(folder.path() / name, reading, records, folder.path() / "out");
  return ReadFile(folder.path() / "out");
}

const Json kCsv = {{"format", "csv"}, {"delimiter", ","}, {"header", true}, {"encoding", "utf-8"}};

Json Encoded(const std::string& encoding) {
  Json reading = kCsv;
  reading["encoding"] = encoding;
  return reading;
}

TEST(WithoutRecordsTest, CsvKeepsEveryOtherByte) {
  EXPECT_EQ(Without("a.csv", "id,t\r\n1,\"a\r\nb\"\r\n2, c \r\n3,d", kCsv, {0, 2}),
            "id,t\r\n2, c \r\n");
}

TEST(WithoutRecordsTest, EncodingsComeBackAsTheyWere) {
  EXPECT_EQ(Without("a.csv", "\xEF\xBB\xBFid,t\n1,a\n2,b\n", Encoded("utf-8-bom"), {0}),
            "\xEF\xBB\xBFid,t\n2,b\n");
  EXPECT_EQ(Without("a.csv", "id,t\n1,B\xe0ri\n2,\xff\xfe\n", Encoded("windows-1252"), {0}),
            "id,t\n2,\xff\xfe\n");
  const auto wide = [](const std::string& text) {
    std::string out = "\xff\xfe";
    for (const char c : text) out += std::string{c, '\0'};
    return out;
  };
  EXPECT_EQ(Without("a.csv", wide("id,t\n1,a\n2,b\n"), Encoded("utf-16-le"), {1}),
            wide("id,t\n1,a\n"));
}

TEST(WithoutRecordsTest, JsonLinesKeepTheirLines) {
  const Json reading = {{"format", "json_lines"}, {"encoding", "utf-8"}};
  EXPECT_EQ(Without("a.jsonl", "{\"a\": 1.0}\n\n{\"a\":2}\r\n{\"a\": 3}", reading, {0, 2}),
            "\n{\"a\":2}\r\n");
}

TEST(WithoutRecordsTest, DictionariesOfParquetLoseTheWords) {
  const auto words = ArrowValue(arrow::DictionaryArray::FromArrays(
      IntegerArray({0, 1, 0}), TextArray(std::vector<std::string>{"Anna Rossi", "Bruno Verdi"})));
  const TemporaryFolder folder;
  WriteParquet(folder.path() / "a.parquet", *MakeTable({{"name", words}}));
  WriteWithoutRecords(folder.path() / "a.parquet", {{"format", "parquet"}}, {0, 2},
                      folder.path() / "b.parquet");
  const auto table = ReadParquet(folder.path() / "b.parquet");
  ASSERT_EQ(table->num_rows(), 1);
  const auto column = OneChunk(table->column(0));
  ASSERT_EQ(column->type_id(), arrow::Type::DICTIONARY);
  EXPECT_EQ(static_cast<const arrow::DictionaryArray&>(*column).dictionary()->length(), 1);
}

TEST(WithoutRecordsTest, PackedFilesArePackedAgain) {
  const TemporaryFolder folder;
  WriteFileAtomic(folder.path() / "a.csv", "id,t\n1,a\n2,b\n");
  ASSERT_EQ(std::system(("gzip -n " + (folder.path() / "a.csv").string()).c_str()), 0);
  WriteWithoutRecords(folder.path() / "a.csv.gz", kCsv, {0}, folder.path() / "b.csv.gz");
  const std::string packed = ReadFile(folder.path() / "b.csv.gz");
  ASSERT_EQ(CompressionOf(packed), "gzip");
  EXPECT_EQ(Unpack(packed, "gzip", "b"), "id,t\n2,b\n");
}

}  // namespace
}  // namespace bottega

#include "data/io/table_stream.h"

#include <arrow/array.h>
#include <arrow/chunked_array.h>
#include <arrow/table.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "base/error.h"
#include "base/files.h"
#include "data/arrow_support.h"
#include "data/assemble.h"
#include "data/io/parquet.h"
#include "data/values.h"

namespace bottega {
namespace {

using testing::HasSubstr;

class TableStreamTest : public testing::Test {
 protected:
  std::filesystem::path Write(const std::string& name, const std::string& bytes) {
    WriteFileAtomic(folder_.path() / name, bytes);
    return folder_.path() / name;
  }

  // Every cell with its record number, as one text a row.
  static std::vector<std::string> Cells(const std::vector<std::shared_ptr<arrow::Array>>& columns,
                                        const std::vector<int64_t>& rows) {
    std::vector<std::string> lines;
    for (size_t i = 0; i < rows.size(); ++i) {
      std::string line = std::to_string(rows[i]);
      for (const auto& column : columns) {
        line += "|" + TextOfCell(*column, static_cast<int64_t>(i)).value_or("(missing)");
      }
      lines.push_back(std::move(line));
    }
    return lines;
  }

  // The whole reader and the stream in pieces of `piece_bytes` must agree on all cells and issues.
  static void ExpectSame(const std::filesystem::path& file, size_t piece_bytes,
                         const Json& settings = Json::object()) {
    const RawTable whole = ReadRaw(file, settings);
    std::vector<std::shared_ptr<arrow::Array>> columns;
    for (const auto& column : whole.columns) columns.push_back(OneChunk(column));
    const auto stream = OpenTableStream(file, settings, piece_bytes);
    EXPECT_EQ(stream->names(), whole.names);
    std::vector<std::string> streamed;
    int batches = 0;
    while (const std::optional<RawBatch> batch = stream->Next()) {
      for (std::string& line : Cells(batch->columns, batch->rows)) streamed.push_back(line);
      ++batches;
    }
    EXPECT_EQ(streamed, Cells(columns, whole.rows));
    EXPECT_EQ(stream->reading(), whole.reading);
    const std::vector<ReadIssue> expected = whole.issues.Finish(file.string());
    const std::vector<ReadIssue> issues = stream->issues().Finish(file.string());
    ASSERT_EQ(issues.size(), expected.size());
    for (size_t i = 0; i < issues.size(); ++i) {
      EXPECT_EQ(issues[i].message, expected[i].message);
      EXPECT_EQ(issues[i].place.ToString(), expected[i].place.ToString());
    }
    if (piece_bytes < 100) {
      EXPECT_GT(batches, 1);
    }
  }

  TemporaryFolder folder_;
};

std::string QuotedCsv() {
  std::string csv = "name,note,n\n";
  for (int i = 0; i < 60; ++i) {
    csv += "a" + std::to_string(i) + ",\"line one\nsays \"\"hi\"\", " + std::to_string(i) + "\"," +
           (i % 5 == 0 ? "NA" : std::to_string(i)) + (i % 2 == 0 ? "\r\n" : "\n");
    if (i == 31) csv += "ragged\n\n";
  }
  return csv;
}

TEST_F(TableStreamTest, PiecesOfCsvAreTheWhole) {
  const auto file = Write("q.csv", QuotedCsv());
  for (const size_t bytes : {40, 41, 97, 1000, 1 << 20}) ExpectSame(file, bytes);
  ExpectSame(Write("latin.csv", "a;b\n\xe9t\xe9;1\nx;2\nno\xebl;3\n"), 8);
  ExpectSame(Write("bom.csv",
                   "\xEF\xBB\xBF"
                   "a,b\n1,x\n2,y\n3,\xff\n4,w\n"),
             6);
  ExpectSame(Write("preamble.csv", "a report\nof 2024\nx,y,z\n1,2,3\n4,5,6\n7,8,9\n"), 30);
  ExpectSame(Write("spaces.csv", "39, \"a, b\", x\n40, \"c\", y\n41, d, z\n42, e, z\n"), 16);
}

TEST_F(TableStreamTest, UnpacksGzipPieceByPiece) {
  const std::string path = (folder_.path() / "q.csv.gz").string();
  gzFile file = gzopen(path.c_str(), "wb");
  const std::string csv = QuotedCsv();
  ASSERT_EQ(gzwrite(file, csv.data(), static_cast<unsigned>(csv.size())),
            static_cast<int>(csv.size()));
  gzclose(file);
  ExpectSame(path, 64);
}

TEST_F(TableStreamTest, JsonLinesKeepTheirFirstKeys) {
  std::string lines;
  for (int i = 0; i < 40; ++i) {
    lines += "{\"a\": " + std::to_string(i) + ", \"b\": {\"c\": \"x\"}}\n";
  }
  ExpectSame(Write("same.jsonl", lines), 50);
  const auto stream = OpenTableStream(Write("more.jsonl", lines + "{\"a\": 1, \"late\": 2}\n"),
                                      Json::object(), 200, 200);
  int64_t rows = 0;
  while (const auto batch = stream->Next()) rows += static_cast<int64_t>(batch->rows.size());
  EXPECT_EQ(rows, 41);
  EXPECT_EQ(stream->issues().CountOf("new_key"), 1);
}

TEST_F(TableStreamTest, ColumnsOfJsonLinesDoNotDependOnThePieces) {
  std::string lines;
  for (int i = 0; i < 40; ++i) {
    lines += "{\"a\": " + std::to_string(i) + (i == 20 ? ", \"b\": 1" : "") +
             (i == 39 ? ", \"c\": 1" : "") + "}\n";
  }
  const auto file = Write("keys.jsonl", lines);
  using Names = std::vector<std::string>;
  for (const size_t piece : {10, 97, 1 << 20}) {
    EXPECT_EQ(OpenTableStream(file, Json::object(), piece)->names(), (Names{"a", "b", "c"}));
    EXPECT_EQ(OpenTableStream(file, Json::object(), piece, 300)->names(), (Names{"a", "b"}));
    EXPECT_EQ(OpenTableStream(file, Json::object(), piece, 5)->names().front(), "a");
    ExpectSame(file, piece);
  }
}

TEST_F(TableStreamTest, ParquetComesInBatches) {
  std::vector<double> numbers;
  std::vector<std::optional<std::string>> texts;
  for (int i = 0; i < 150'000; ++i) {
    numbers.push_back(i);
    texts.push_back(i % 7 == 0 ? std::nullopt : std::optional<std::string>("t"));
  }
  const auto file = folder_.path() / "t.parquet";
  WriteParquet(file, *MakeTable({{"n", NumberArray(numbers)}, {"t", TextArray(texts)}}));
  ExpectSame(file, 1000);
}

TEST_F(TableStreamTest, WhatCannotBeCutIsRefusedWithAWayOut) {
  try {
    OpenTableStream(Write("a.json", "[{\"a\": 1},\n {\"a\": 2}]\n"), Json::object());
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.hint(), HasSubstr("jq -c"));
  }
  try {
    OpenTableStream(Write("w.csv", std::string("\xFF\xFE"
                                               "a\0,\0b\0\n\0"
                                               "1\0,\0"
                                               "2\0\n\0",
                                               18)),
                    Json::object());
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.hint(), HasSubstr("iconv -f utf-16-le"));
  }
  EXPECT_THROW(OpenTableStream(folder_.path() / "none.csv", Json::object()), Error);
}

}  // namespace
}  // namespace bottega

#include "data/io/without_records.h"

#include <arrow/compute/api.h>
#include <arrow/table.h>
#include <unicode/ucnv.h>
#include <zlib.h>
#include <zstd.h>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "data/arrow_support.h"
#include "data/io/csv_edit.h"
#include "data/io/csv_reader.h"
#include "data/io/encoding.h"
#include "data/io/json_edit.h"
#include "data/io/parquet.h"
#include "data/io/source_bytes.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

std::string Gzip(std::string_view bytes) {
  z_stream stream{};
  constexpr int kWindow = 15 + 16;  // with gzip's header
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kWindow, 8, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    throw Error(ErrorKind::kInternal, "zlib cannot begin");
  }
  std::string out(deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  size_t left = bytes.size(), room = out.size();
  int status = Z_OK;
  constexpr size_t kMost = 1 << 30;  // zlib counts in 32 bits
  while (status == Z_OK) {
    if (stream.avail_in == 0) {
      stream.avail_in = static_cast<uInt>(std::min(left, kMost));
      left -= stream.avail_in;
    }
    if (stream.avail_out == 0) {
      stream.avail_out = static_cast<uInt>(std::min(room, kMost));
      room -= stream.avail_out;
    }
    status = deflate(&stream, left == 0 ? Z_FINISH : Z_NO_FLUSH);
  }
  out.resize(out.size() - room - stream.avail_out);
  deflateEnd(&stream);
  if (status != Z_STREAM_END) throw Error(ErrorKind::kInternal, "zlib did not end");
  return out;
}

std::string Zstd(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const size_t size = ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3);
  if (ZSTD_isError(size)) throw Error(ErrorKind::kInternal, ZSTD_getErrorName(size));
  out.resize(size);
  return out;
}

std::string FromUtf8(std::string_view text, const std::string& encoding) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out(text.size() * 4 + 16, '\0');
  const int32_t size =
      ucnv_convert(encoding.c_str(), "utf-8", out.data(), static_cast<int32_t>(out.size()),
                   text.data(), static_cast<int32_t>(text.size()), &status);
  if (U_FAILURE(status)) throw Error(ErrorKind::kInternal, u_errorName(status));
  out.resize(static_cast<size_t>(size));
  return out;
}

// Encodings in which a delimiter may be part of a longer unit: text is edited as UTF-8 and turned
// back. In all others ASCII stands for itself, and the bytes are edited as they are.
bool IsWide(const std::string& encoding) {
  return encoding.starts_with("utf-16") || encoding.starts_with("utf-32");
}

std::string_view MarkOf(std::string_view bytes, const std::string& encoding) {
  using namespace std::string_view_literals;
  for (const std::string_view mark :
       {"\xEF\xBB\xBF"sv, "\xFF\xFE\0\0"sv, "\0\0\xFE\xFF"sv, "\xFF\xFE"sv, "\xFE\xFF"sv}) {
    const bool fits = encoding.starts_with("utf-16")   ? mark.size() == 2
                      : encoding.starts_with("utf-32") ? mark.size() == 4
                                                       : mark.size() == 3;
    if (fits && bytes.starts_with(mark)) return mark;
  }
  return {};
}

std::string EditedText(std::string_view text, const fs::path& from, const Json& reading,
                       const TextEdits& edits) {
  if (reading.value("format", "") == "json_lines") return EditJsonLines(text, {}, edits);
  Json settings = Json::object();
  for (const char* key : {"format", "delimiter", "header"}) {
    if (reading.contains(key)) settings[key] = reading[key];
  }
  return EditCsv(text, CsvDialect(text, from.string(), settings), edits);
}

std::string EditedBytes(const fs::path& from, std::string_view bytes, const Json& reading,
                        const TextEdits& edits) {
  const std::string encoding = reading.value("encoding", std::string());
  const std::string_view mark = MarkOf(bytes, encoding);
  bytes.remove_prefix(mark.size());
  std::string out(mark);
  if (!IsWide(encoding)) return out + EditedText(bytes, from, reading, edits);
  std::vector<ReadIssue> issues;
  const std::string text = ToUtf8(bytes, encoding, from.string(), &issues);
  if (FromUtf8(text, encoding) != bytes) {
    throw Error(ErrorKind::kData, "this text holds characters that cannot be written back",
                {.file = from.string()}, "save it as UTF-8");
  }
  return out + FromUtf8(EditedText(text, from, reading, edits), encoding);
}

void WriteParquetWithout(const fs::path& from, const std::vector<int64_t>& records,
                         const fs::path& to) {
  EnsureArrow();
  auto table = ReadParquet(from);
  std::vector<std::shared_ptr<arrow::Table>> kept;  // what lies between the records
  int64_t begin = 0;
  for (const int64_t record : records) {
    kept.push_back(table->Slice(begin, record - begin));
    begin = record + 1;
  }
  kept.push_back(table->Slice(begin));
  table = ArrowValue(arrow::ConcatenateTables(kept));
  for (int c = 0; c < table->num_columns(); ++c) {
    if (table->column(c)->type()->id() != arrow::Type::DICTIONARY) continue;
    // A dictionary would keep the words of the records that left.
    const auto& values =
        static_cast<const arrow::DictionaryType&>(*table->column(c)->type()).value_type();
    const auto plain = ArrowValue(arrow::compute::Cast(table->column(c), values));
    const auto again = ArrowValue(arrow::compute::DictionaryEncode(plain));
    table = ArrowValue(table->SetColumn(c, table->field(c)->WithType(again.chunked_array()->type()),
                                        again.chunked_array()));
  }
  WriteParquet(to, *table);
}

}  // namespace

void WriteWithoutRecords(const fs::path& from, const Json& reading,
                         const std::vector<int64_t>& records, const fs::path& to) {
  const std::string format = reading.value("format", std::string());
  if (format == "parquet") return WriteParquetWithout(from, records, to);
  if (format.empty() || format == "idx") {
    throw Error(ErrorKind::kData, "single records cannot be taken out of a file of this format",
                {.file = from.string()}, "convert it to CSV or Parquet");
  }
  const std::string whole = ReadFile(from);
  const std::string packing(CompressionOf(whole));
  const TextEdits edits{.removed = records};
  if (packing == "none") return WriteFileAtomic(to, EditedBytes(from, whole, reading, edits));
  const std::string text = EditedBytes(from, Unpack(whole, packing, from.string()), reading, edits);
  WriteFileAtomic(to, packing == "gzip" ? Gzip(text) : Zstd(text));
}

}  // namespace bottega

#include "data/io/table_stream.h"

#include <arrow/array.h>
#include <arrow/buffer.h>
#include <arrow/io/file.h>
#include <arrow/record_batch.h>
#include <arrow/table.h>
#include <parquet/arrow/reader.h>
#include <parquet/exception.h>

#include <algorithm>
#include <functional>

#include "base/text.h"
#include "data/arrow_support.h"
#include "data/io/csv_blocks.h"
#include "data/io/csv_reader.h"
#include "data/io/json_lines.h"
#include "data/io/parquet_table.h"
#include "data/io/text_pieces.h"
#include "data/text_setting.h"

namespace bottega {
namespace fs = std::filesystem;
namespace {

RawBatch BatchOf(RawTable table, int64_t first) {
  RawBatch batch;
  for (const auto& column : table.columns) batch.columns.push_back(OneChunk(column));
  batch.rows = std::move(table.rows);
  for (int64_t& row : batch.rows) row += first;
  return batch;
}

// Without a quote a record ends where a line does; else records are stepped over.
size_t WholeCsvRecords(std::string_view text, char delimiter) {
  if (text.find('"') == text.npos) {
    const size_t end = text.rfind('\n');
    if (end != text.npos) return end + 1;
  }
  int64_t ignored = 0;
  size_t whole = 0;
  while (whole < text.size()) {
    const size_t next = SkipRecord(text, whole, delimiter, &ignored);
    // A '\r' at the very end may be half of a line end.
    if (next >= text.size()) break;
    whole = next;
  }
  return whole;
}

class CsvStream : public TableStream {
 public:
  CsvStream(std::unique_ptr<TextPieces> pieces, const std::string& file, const Json& settings)
      : pieces_(std::move(pieces)), file_(file), settings_(settings) {
    dialect_ = CsvDialect(pieces_->head(), file, settings);
    names_ = CsvNames(dialect_, file, &issues_);
    reading_ = CsvReading(dialect_, pieces_->encoding(), pieces_->compression(), settings);
    skip_ = dialect_.body;
    first_line_ = dialect_.body_line;
  }

  std::optional<RawBatch> Next() override {
    const auto whole = [this](std::string_view text) {
      const size_t end = WholeCsvRecords(text, dialect_.delimiter);
      return end > skip_ ? end : 0;
    };
    const std::shared_ptr<arrow::Buffer> text = pieces_->Next(whole, &issues_);
    if (text == nullptr) {
      RejectMostlyRagged(issues_, records_ - issues_.CountOf("ragged_row"), names_.size(), file_);
      return std::nullopt;
    }
    RawTable table;
    table.file = file_;
    Dialect dialect = dialect_;
    dialect.body_line = first_line_ + pieces_->lines_before();
    ReadCsvRecords(text, skip_, dialect, settings_, &table);
    skip_ = 0;
    first_line_ = 1;
    const int64_t first = records_;
    records_ += Records(table);
    issues_.Append(table.issues, first);
    return BatchOf(std::move(table), first);
  }

  int64_t bytes() const override { return pieces_->bytes(); }

 private:
  // Those set aside included: the numbering goes on behind them.
  static int64_t Records(const RawTable& table) {
    return static_cast<int64_t>(table.rows.size()) + table.issues.CountOf("ragged_row");
  }

  std::unique_ptr<TextPieces> pieces_;
  std::string file_;
  Json settings_;
  Dialect dialect_;
  size_t skip_ = 0;
  int64_t first_line_ = 1, records_ = 0;
};

std::shared_ptr<arrow::Buffer> NextLines(TextPieces* pieces, IssueList* issues) {
  return pieces->Next([](std::string_view text) { return text.rfind('\n') + 1; }, issues);
}

RawTable TableOfLines(const std::shared_ptr<arrow::Buffer>& text, const TextPieces& pieces,
                      const std::string& file, const Json& settings) {
  const SourceBytes source{.buffer = text,
                           .compression = pieces.compression(),
                           .encoding = pieces.encoding(),
                           .issues = {}};
  return ReadJsonLines(source, file, settings);
}

// `text` up to the last line that ends within its first `bytes`.
std::shared_ptr<arrow::Buffer> LinesWithin(const std::shared_ptr<arrow::Buffer>& text,
                                           size_t bytes) {
  const std::string_view all(*text);
  if (all.size() <= bytes) return text;
  const size_t end = all.substr(0, bytes).rfind('\n') + 1;
  return arrow::SliceBuffer(text, 0, static_cast<int64_t>(end));
}

// The keys of the first `bytes` of text, in the order in which they appear.
std::vector<std::string> FirstKeys(TextPieces pieces, const std::string& file, const Json& settings,
                                   size_t bytes) {
  std::vector<std::string> keys;
  IssueList ignored;
  while (bytes > 0) {
    const std::shared_ptr<arrow::Buffer> text = NextLines(&pieces, &ignored);
    if (text == nullptr) break;
    try {
      const RawTable table = TableOfLines(LinesWithin(text, bytes), pieces, file, settings);
      for (const std::string& name : table.names) {
        if (std::ranges::find(keys, name) == keys.end()) keys.push_back(name);
      }
    } catch (const Error& error) {
      // Lines that are no objects have no keys; whoever reads them says so.
      if (error.kind() != ErrorKind::kData) throw;
    }
    bytes -= std::min(bytes, static_cast<size_t>(text->size()));
  }
  return keys;
}

class JsonLinesStream : public TableStream {
 public:
  JsonLinesStream(std::unique_ptr<TextPieces> pieces, const std::string& file, const Json& settings,
                  const std::function<std::vector<std::string>()>& first_keys)
      : pieces_(std::move(pieces)), file_(file), settings_(settings) {
    if (Trim(pieces_->head()).starts_with('[')) {
      throw Error(ErrorKind::kData, "one JSON array of this size cannot be read piece by piece",
                  {.file = file},
                  "write one object a line: jq -c '.[]' " + ShellQuote(file) + " > rows.jsonl");
    }
    waiting_ = Read();
    if (waiting_) names_ = first_keys();
    if (waiting_ && names_.empty()) names_ = waiting_->names;  // of a very long first line
  }

  std::optional<RawBatch> Next() override {
    std::optional<RawTable> table = waiting_ ? std::exchange(waiting_, std::nullopt) : Read();
    if (!table) return std::nullopt;
    reading_ = table->reading;
    const int64_t first = records_;
    records_ += static_cast<int64_t>(table->rows.size()) + table->issues.CountOf("ragged_row");
    issues_.Append(table->issues, first);
    return BatchOf(InOrder(std::move(*table)), first);
  }

  int64_t bytes() const override { return pieces_->bytes(); }

 private:
  std::optional<RawTable> Read() {
    const std::shared_ptr<arrow::Buffer> text = NextLines(pieces_.get(), &issues_);
    if (text == nullptr || Trim(std::string_view(*text)).empty()) return std::nullopt;
    return TableOfLines(text, *pieces_, file_, settings_);
  }

  // The stream's columns; those that a batch lacks are missing in it.
  RawTable InOrder(RawTable table) {
    std::vector<std::shared_ptr<arrow::ChunkedArray>> columns;
    const auto rows = static_cast<int64_t>(table.rows.size());
    for (const std::string& name : names_) {
      const auto at = std::ranges::find(table.names, name);
      columns.push_back(at == table.names.end()
                            ? std::make_shared<arrow::ChunkedArray>(
                                  ArrowValue(arrow::MakeArrayOfNull(arrow::utf8(), rows)))
                            : table.columns[static_cast<size_t>(at - table.names.begin())]);
    }
    for (const std::string& name : table.names) {
      if (std::ranges::find(names_, name) != names_.end()) continue;
      issues_.Add({.kind = "new_key",
                   .place = {.file = file_, .row = records_ - rows, .column = name},
                   .message = "'" + name +
                              "' appears first after the rows that set the columns; it "
                              "was left out"});
    }
    table.columns = std::move(columns);
    return table;
  }

  std::unique_ptr<TextPieces> pieces_;
  std::string file_;
  Json settings_;
  std::optional<RawTable> waiting_;
  int64_t records_ = 0;
};

class ParquetStream : public TableStream {
 public:
  ParquetStream(const fs::path& path, const Json& settings)
      : file_(path.string()), settings_(settings) {
    EnsureArrow();
    try {
      auto in = Value(arrow::io::ReadableFile::Open(file_));
      parquet::arrow::FileReaderBuilder builder;
      Check(builder.Open(in));
      parquet::ArrowReaderProperties properties;
      properties.set_batch_size(1 << 16);
      Check(builder.properties(properties)->Build(&reader_));
      batches_ = Value(reader_->GetRecordBatchReader());
    } catch (const parquet::ParquetException& error) {
      throw Damaged(error.what());
    }
    waiting_ = Read();
    if (!waiting_) {
      throw Error(ErrorKind::kData, "the file holds no rows", {.file = file_},
                  "write it again with its rows");
    }
    names_ = waiting_->names;
    reading_ = waiting_->reading;
    issues_.Append(waiting_->issues, 0);
  }

  std::optional<RawBatch> Next() override {
    std::optional<RawTable> table = waiting_ ? std::exchange(waiting_, std::nullopt) : Read();
    if (!table) return std::nullopt;
    const int64_t first = records_;
    records_ += static_cast<int64_t>(table->rows.size());
    return BatchOf(std::move(*table), first);
  }

  int64_t bytes() const override { return bytes_; }

 private:
  Error Damaged(const std::string& why) const {
    return Error(ErrorKind::kData, "this is no readable Parquet file: " + why, {.file = file_},
                 "write it again with the program that made it; a copy that was cut short has no "
                 "end mark");
  }
  void Check(const arrow::Status& status) const {
    if (!status.ok()) throw Damaged(status.message());
  }
  template <class T>
  T Value(arrow::Result<T> result) const {
    Check(result.status());
    return std::move(result).ValueUnsafe();
  }

  std::optional<RawTable> Read() {
    try {
      std::shared_ptr<arrow::RecordBatch> batch;
      Check(batches_->ReadNext(&batch));
      if (batch == nullptr) return std::nullopt;
      bytes_ += batch->num_rows() * batch->num_columns() * 8;
      return RawTableOf(Value(arrow::Table::FromRecordBatches({batch})), file_, settings_);
    } catch (const parquet::ParquetException& error) {
      throw Damaged(error.what());
    }
  }

  std::string file_;
  Json settings_;
  std::unique_ptr<parquet::arrow::FileReader> reader_;
  std::shared_ptr<arrow::RecordBatchReader> batches_;
  std::optional<RawTable> waiting_;
  int64_t records_ = 0, bytes_ = 0;
};

}  // namespace

std::unique_ptr<TableStream> OpenTableStream(const fs::path& path, const Json& settings,
                                             size_t piece_bytes, size_t key_bytes) {
  const std::string file = path.string();
  const std::string format = TextSetting(settings, "format");
  const bool automatic = format.empty() || format == "auto";
  const std::string lower = LowerAscii(path.filename().string());
  if (format == "parquet" ||
      (automatic && (lower.ends_with(".parquet") || lower.ends_with(".pq")))) {
    return std::make_unique<ParquetStream>(path, settings);
  }
  const std::string encoding = TextSetting(settings, "encoding");
  auto pieces = std::make_unique<TextPieces>(path, encoding, piece_bytes);
  if (format == "json_lines" || (automatic && LooksLikeJsonLines(pieces->head()))) {
    return std::make_unique<JsonLinesStream>(std::move(pieces), file, settings, [&] {
      return FirstKeys(TextPieces(path, encoding, std::min(piece_bytes, key_bytes)), file, settings,
                       key_bytes);
    });
  }
  return std::make_unique<CsvStream>(std::move(pieces), file, settings);
}

}  // namespace bottega

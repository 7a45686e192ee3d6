#include "data/io/csv_reader.h"

#include <arrow/array.h>
#include <arrow/array/builder_binary.h>
#include <arrow/buffer.h>
#include <arrow/chunked_array.h>
#include <arrow/csv/options.h>
#include <arrow/csv/parser.h>

#include <algorithm>
#include <limits>
#include <mutex>

#include "base/text.h"
#include "base/threads.h"
#include "data/arrow_support.h"
#include "data/io/csv_blocks.h"
#include "data/io/dialect.h"
#include "data/io/hint.h"

namespace bottega {
namespace {

constexpr size_t kBlock = 1 << 20;
constexpr size_t kMostBlock = std::numeric_limits<int32_t>::max() / 2;

struct Ragged {
  int64_t record = 0;  // within its block
  int32_t cells = 0;
};

// One parsed block: a text array for each column.
struct Block {
  arrow::ArrayVector columns;
  std::vector<Ragged> ragged;
  int64_t records = 0;  // ragged ones included
};

// `, "a, b"`: Arrow knows quotes only right behind a delimiter, so the space goes.
std::string WithoutSpacesBeforeQuotes(std::string_view text, char delimiter) {
  std::string result;
  result.reserve(text.size());
  bool quoted = false;
  bool cell_start = true;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!quoted && cell_start && c == ' ' && i + 1 < text.size() && text[i + 1] == '"') continue;
    if (c == '"' && (quoted || cell_start)) quoted = !quoted;
    cell_start = !quoted && (c == delimiter || c == '\n' || c == '\r');
    result += c;
  }
  return result;
}

std::shared_ptr<arrow::Array> ColumnOf(const arrow::csv::BlockParser& parser, int column,
                                       bool space_after, const MissingCells& missing) {
  int64_t bytes = 0;
  CheckArrow(parser.VisitColumn(column, [&](const uint8_t*, uint32_t size, bool, bool) {
    bytes += size;
    return arrow::Status::OK();
  }));
  arrow::StringBuilder builder;
  CheckArrow(builder.Reserve(parser.num_rows()));
  CheckArrow(builder.ReserveData(bytes));
  CheckArrow(parser.VisitColumn(column, [&](const uint8_t* data, uint32_t size, bool, bool) {
    std::string_view cell(reinterpret_cast<const char*>(data), size);
    if (space_after && cell.starts_with(' ')) cell.remove_prefix(1);
    if (missing(cell)) {
      builder.UnsafeAppendNull();
    } else {
      builder.UnsafeAppend(cell);
    }
    return arrow::Status::OK();
  }));
  return ArrowValue(builder.Finish());
}

class CsvRead {
 public:
  CsvRead(std::string_view body, const Dialect& dialect, const std::string& file,
          const MissingCells& missing)
      : body_(body), dialect_(dialect), file_(file), missing_(missing) {
    quoted_line_ends_ = HasQuotedLineEnds(body, dialect.delimiter);
    size_t size = kBlock;
    blocks_ends_ = BlockEnds(body, dialect.delimiter, size, quoted_line_ends_);
  }

  bool quoted_line_ends() const { return quoted_line_ends_; }

  void Run(RawTable* table) {
    std::vector<Block> blocks(blocks_ends_.size());
    ParallelFor(static_cast<int64_t>(blocks.size()), 1, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i)
        blocks[static_cast<size_t>(i)] = Parse(static_cast<size_t>(i));
    });
    Join(std::move(blocks), table);
  }

 private:
  Block Parse(size_t index) const {
    const size_t begin = index == 0 ? 0 : blocks_ends_[index - 1];
    std::string_view text = body_.substr(begin, blocks_ends_[index] - begin);
    if (text.size() > kMostBlock) {
      throw Error(ErrorKind::kData, "one line is longer than " + FormatBytes(kMostBlock),
                  {.file = file_}, "check that this is a table with a record on each line");
    }
    Block block;
    std::vector<arrow::ArrayVector> parts(static_cast<size_t>(dialect_.width));
    while (!text.empty()) {
      uint32_t parsed = 0;
      ParseSome(text, &parsed, &block, &parts);
      if (parsed == 0) break;
      text.remove_prefix(parsed);
    }
    for (arrow::ArrayVector& part : parts) {
      block.columns.push_back(
          OneChunk(std::make_shared<arrow::ChunkedArray>(std::move(part), arrow::utf8())));
    }
    return block;
  }

  // Arrow's parser takes at most 100,000 records at once.
  void ParseSome(std::string_view text, uint32_t* parsed, Block* block,
                 std::vector<arrow::ArrayVector>* parts) const {
    arrow::csv::ParseOptions options = arrow::csv::ParseOptions::Defaults();
    options.delimiter = dialect_.delimiter;
    options.newlines_in_values = quoted_line_ends_;
    options.invalid_row_handler = [&](const arrow::csv::InvalidRow& row) {
      block->ragged.push_back({block->records + row.number, row.actual_columns});
      return arrow::csv::InvalidRowResult::Skip;
    };
    arrow::csv::BlockParser parser(options, dialect_.width, 0);
    const arrow::Status status = parser.ParseFinal(text, parsed);
    if (!status.ok()) throw ArrowError(status, ErrorKind::kData, {.file = file_});
    block->records += parser.total_num_rows();
    for (int i = 0; i < dialect_.width; ++i) {
      (*parts)[static_cast<size_t>(i)].push_back(
          ColumnOf(parser, i, dialect_.space_after, missing_));
    }
  }

  void Join(std::vector<Block> blocks, RawTable* table) const {
    std::vector<Ragged> ragged;
    int64_t first = 0;
    std::vector<arrow::ArrayVector> chunks(static_cast<size_t>(dialect_.width));
    for (Block& block : blocks) {
      size_t next = 0;
      for (int64_t record = 0; record < block.records; ++record) {
        if (next < block.ragged.size() && block.ragged[next].record == record) {
          ragged.push_back({first + record, block.ragged[next++].cells});
        } else {
          table->rows.push_back(first + record);
        }
      }
      first += block.records;
      for (size_t i = 0; i < chunks.size(); ++i) chunks[i].push_back(std::move(block.columns[i]));
    }
    for (arrow::ArrayVector& column : chunks) {
      table->columns.push_back(
          std::make_shared<arrow::ChunkedArray>(std::move(column), arrow::utf8()));
    }
    NoteRagged(ragged, first, table);
  }

  void NoteRagged(const std::vector<Ragged>& ragged, int64_t records, RawTable* table) const {
    if (ragged.empty()) return;
    std::vector<int64_t> listed;
    for (const Ragged& r : ragged) {
      if (static_cast<int64_t>(listed.size()) < IssueList::kMost) listed.push_back(r.record);
    }
    const std::vector<int64_t> lines = table->lines(listed);
    const std::string expected = std::to_string(dialect_.width);
    if (static_cast<int64_t>(ragged.size()) * 2 > records) {
      throw Error(ErrorKind::kData,
                  FormatCount(static_cast<int64_t>(ragged.size())) + " of " + FormatCount(records) +
                      " lines have another number of cells than the " + expected + " columns",
                  {.file = file_, .line = lines[0]},
                  "`sed -n " + std::to_string(lines[0]) + "p " + ShellQuote(file_) +
                      "` shows it; if another character parts the cells, name it, as in " +
                      ReadWith("delimiter=';'", file_));
    }
    for (size_t i = 0; i < listed.size(); ++i) {
      table->issues.Add({.kind = "ragged_row",
                         .place = {.file = file_, .row = listed[i], .line = lines[i]},
                         .message = "this line has " + std::to_string(ragged[i].cells) +
                                    " cells, the table has " + expected + "; it was set aside"});
    }
    table->issues.AddCount("ragged_row", "", static_cast<int64_t>(ragged.size() - listed.size()));
  }

  const std::string_view body_;
  const Dialect& dialect_;
  const std::string& file_;
  const MissingCells& missing_;
  bool quoted_line_ends_ = false;
  std::vector<size_t> blocks_ends_;
};

std::optional<char> DelimiterSetting(const Json& settings, const std::string& file) {
  if (!settings.contains("delimiter") || !settings["delimiter"].is_string()) return std::nullopt;
  std::string text = settings["delimiter"];
  if (text == "\\t" || LowerAscii(text) == "tab") text = "\t";
  if (text == "none") return kNoDelimiter;
  if (LowerAscii(text) == "comma" || text == ", ") text = ",";
  if (LowerAscii(text) == "semicolon") text = ";";
  if (LowerAscii(text) == "pipe") text = "|";
  if (text.size() != 1 || text == "\"" || text == "\n") {
    throw Error(ErrorKind::kRecipe, "the delimiter must be one character, not '" + text + "'",
                {.file = file}, "name one, as in " + ReadWith("delimiter=';'", file));
  }
  return text[0];
}

void RejectUnclosedQuote(std::string_view body, const Dialect& dialect, const std::string& file) {
  const int64_t at = UnclosedQuote(body, dialect.delimiter);
  if (at < 0) return;
  const auto before = body.substr(0, static_cast<size_t>(at));
  const int64_t line = dialect.body_line + std::count(before.begin(), before.end(), '\n');
  throw Error(ErrorKind::kData, "a quote opens here and is never closed",
              {.file = file, .line = line},
              "`sed -n " + std::to_string(line) + "p " + ShellQuote(file) +
                  "` shows the line; close the quote or double it");
}

std::vector<std::string> NamesOf(const Dialect& dialect) {
  std::vector<std::string> names = dialect.names;
  if (!dialect.header) {
    for (int i = 1; i <= dialect.width; ++i) names.push_back("c" + std::to_string(i));
  }
  return names;
}

}  // namespace

Dialect DialectOf(const SourceBytes& source, const std::string& file, const Json& settings) {
  DialectHints hints;
  hints.delimiter = DelimiterSetting(settings, file);
  if (settings.contains("header") && settings["header"].is_boolean()) {
    hints.header = settings["header"].get<bool>();
  }
  const std::string lower = LowerAscii(file);
  hints.tabs_likely = lower.find(".tsv") != lower.npos || lower.find(".tab") != lower.npos;
  if (!hints.delimiter && settings.contains("format") && settings["format"] == "tsv")
    hints.delimiter = '\t';
  return DetectDialect(source.text(), hints);
}

RawTable ReadCsv(const SourceBytes& source, const std::string& file, const Json& settings) {
  Dialect dialect = DialectOf(source, file, settings);
  RawTable table;
  table.file = file;
  for (const ReadIssue& issue : source.issues) table.issues.Add(issue);
  if (dialect.header && !dialect.names.empty()) {
    dialect.width = static_cast<int>(dialect.names.size());
  }
  if (dialect.width == 0 || Trim(source.text().substr(dialect.body)).empty()) {
    throw Error(ErrorKind::kData, "there is a line of column names and no row below it",
                {.file = file, .line = dialect.body_line},
                "add rows below it: `cat -A " + ShellQuote(file) + "` shows all that is there");
  }
  if (dialect.preamble > 0) {
    table.issues.Add(
        {.kind = "preamble",
         .place = {.file = file, .line = 1},
         .message = std::to_string(dialect.preamble) + " lines before the table were left out"});
  }
  table.names = UniqueNames(NamesOf(dialect), file, &table.issues);
  std::shared_ptr<arrow::Buffer> buffer = source.buffer;
  std::string_view body = source.text().substr(dialect.body);
  const std::string space_quote = std::string(1, dialect.delimiter) + " \"";
  if (dialect.space_after && body.find(space_quote) != body.npos) {
    buffer = arrow::Buffer::FromString(WithoutSpacesBeforeQuotes(body, dialect.delimiter));
    body = {reinterpret_cast<const char*>(buffer->data()), static_cast<size_t>(buffer->size())};
  }
  const char delimiter = dialect.delimiter;
  table.lines = [buffer, body, delimiter,
                 first = dialect.body_line](const std::vector<int64_t>& records) {
    return LinesOfRecords(body, delimiter, first, records);
  };
  const bool own = settings.contains("missing") && settings["missing"].is_array();
  const MissingCells missing(own ? settings["missing"].get<std::vector<std::string>>()
                                 : MissingCells::Default());
  CsvRead read(body, dialect, file, missing);
  if (read.quoted_line_ends()) RejectUnclosedQuote(body, dialect, file);
  read.Run(&table);
  table.reading = {
      {"format", dialect.delimiter == '\t' ? "tsv" : "csv"},
      {"delimiter", delimiter == kNoDelimiter ? std::string("none") : std::string(1, delimiter)},
      {"space_after_delimiter", dialect.space_after},
      {"header", dialect.header},
      {"header_why", dialect.why},
      {"encoding", source.encoding},
      {"compression", source.compression}};
  if (own) table.reading["missing"] = settings["missing"];
  return table;
}

}  // namespace bottega

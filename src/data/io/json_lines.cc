#include "data/io/json_lines.h"

#include <arrow/array.h>
#include <arrow/array/builder_binary.h>
#include <arrow/buffer.h>
#include <arrow/chunked_array.h>

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "base/threads.h"
#include "data/arrow_support.h"
#include "data/values.h"

namespace bottega {
namespace {

constexpr int64_t kBlockLines = 4096;
constexpr size_t kMostColumns = 10'000;
constexpr int kMostDepth = 200;

// Whether brackets nest deeper than a recursive reader should follow.
bool TooDeep(std::string_view line) {
  int depth = 0;
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    if (quoted) {
      if (line[i] == '\\')
        ++i;
      else if (line[i] == '"')
        quoted = false;
    } else if (line[i] == '"') {
      quoted = true;
    } else if (line[i] == '{' || line[i] == '[') {
      if (++depth > kMostDepth) return true;
    } else if (line[i] == '}' || line[i] == ']') {
      --depth;
    }
  }
  return false;
}

struct Cells {
  std::vector<std::string> names;  // in order of appearance
  std::unordered_map<std::string, size_t> index;
  std::vector<std::vector<std::optional<std::string>>> columns;
  std::vector<MissingMarks> missing;
  int64_t rows = 0;

  std::optional<std::string>* At(const std::string& name) {
    const auto [at, added] = index.emplace(name, names.size());
    if (added) {
      names.push_back(name);
      columns.emplace_back();
      missing.emplace_back();
    }
    auto& column = columns[at->second];
    column.resize(static_cast<size_t>(rows));
    return &column.back();
  }
};

void AddValue(const Json& value, const std::string& name, const MissingCells& missing,
              Cells* cells) {
  if (value.is_object()) {
    for (const auto& [key, inner] : value.items()) {
      AddValue(inner, name.empty() ? key : name + "." + key, missing, cells);
    }
    return;
  }
  std::optional<std::string>* cell = cells->At(name);
  if (value.is_null()) {
    cell->reset();
  } else if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    if (!missing(text)) {
      *cell = text;
    } else if (!Trim(text).empty()) {
      cells->missing[cells->index.at(name)].Add(cells->rows - 1, Trim(text));
    }
  } else if (value.is_number_float()) {
    *cell = NumberText(value.get<double>());
  } else {
    *cell = value.dump();
  }
}

struct Block {
  Cells cells;
  std::vector<int64_t> bad;   // record numbers set aside
  std::vector<int64_t> rows;  // record numbers
};

struct Lines {
  std::vector<std::string_view> text;
  std::vector<int64_t> line;  // 1-based
};

Lines LinesOf(std::string_view text) {
  Lines lines;
  int64_t number = 0;
  while (!text.empty()) {
    ++number;
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = Trim(text.substr(0, end));
    if (!line.empty()) {
      lines.text.push_back(line);
      lines.line.push_back(number);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// Elements of a top-level array, cut at depth 1; their lines are where they begin.
Lines ElementsOf(std::string_view text) {
  Lines lines;
  int depth = 0;
  bool quoted = false;
  size_t begin = 0;
  int64_t number = 1;
  int64_t begin_line = 1;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    number += c == '\n';
    if (quoted) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        quoted = false;
      continue;
    }
    if (c == '"') quoted = true;
    const bool opens = c == '{' || c == '[';
    const bool closes = c == '}' || c == ']';
    if (opens && ++depth == 2) {
      begin = i;
      begin_line = number;
    }
    if (closes && --depth == 1) {
      lines.text.push_back(text.substr(begin, i + 1 - begin));
      lines.line.push_back(begin_line);
    }
    if (closes && depth == 0) break;
  }
  return lines;
}

Block ReadBlock(const Lines& lines, int64_t begin, int64_t end, const MissingCells& missing) {
  Block block;
  for (int64_t i = begin; i < end; ++i) {
    const std::string_view line = lines.text[static_cast<size_t>(i)];
    const Json value = TooDeep(line) ? Json() : Json::parse(line, nullptr, false);
    if (!value.is_object()) {
      block.bad.push_back(i);
      continue;
    }
    ++block.cells.rows;
    block.rows.push_back(i);
    AddValue(value, "", missing, &block.cells);
    if (block.cells.names.size() > kMostColumns) {
      throw Error(ErrorKind::kData, "the objects have more than 10,000 different keys",
                  {.line = lines.line[static_cast<size_t>(i)]},
                  "write one object a row with the same keys in each");
    }
  }
  return block;
}

void Join(std::vector<Block> blocks, RawTable* table) {
  std::unordered_map<std::string, size_t> index;
  for (const Block& block : blocks) {
    for (const std::string& name : block.cells.names) {
      if (index.emplace(name, table->names.size()).second) table->names.push_back(name);
    }
  }
  std::vector<arrow::ArrayVector> chunks(table->names.size());
  table->missing.resize(table->names.size());
  for (Block& block : blocks) {
    const auto offset = static_cast<int64_t>(table->rows.size());
    table->rows.insert(table->rows.end(), block.rows.begin(), block.rows.end());
    std::vector<std::optional<std::string>> none(block.rows.size());
    for (size_t i = 0; i < table->names.size(); ++i) {
      const auto at = block.cells.index.find(table->names[i]);
      if (at == block.cells.index.end()) {
        chunks[i].push_back(TextArray(none));
      } else {
        table->missing[i].Append(block.cells.missing[at->second], offset);
        auto& column = block.cells.columns[at->second];
        column.resize(block.rows.size());
        chunks[i].push_back(TextArray(column));
        column = {};
      }
    }
  }
  for (arrow::ArrayVector& column : chunks) {
    table->columns.push_back(
        std::make_shared<arrow::ChunkedArray>(std::move(column), arrow::utf8()));
  }
}

void NoteBad(const std::vector<Block>& blocks, const Lines& lines, RawTable* table) {
  int64_t bad = 0;
  for (const Block& block : blocks) {
    for (const int64_t i : block.bad) {
      ++bad;
      table->issues.Add(
          {.kind = "ragged_row",
           .place = {.file = table->file, .row = i, .line = lines.line[static_cast<size_t>(i)]},
           .message = "this line is no JSON object; it was set aside"});
    }
  }
  const auto total = static_cast<int64_t>(lines.text.size());
  if (bad * 2 > total || total == 0) {
    throw Error(ErrorKind::kData,
                FormatCount(bad) + " of " + FormatCount(total) + " lines are no JSON objects",
                {.file = table->file},
                "write one object a line, as in {\"age\": 39, \"income\": \"high\"}");
  }
}

}  // namespace

bool LooksLikeJsonLines(std::string_view text) {
  text = Trim(text.substr(0, 65536));
  if (text.starts_with('[')) text = Trim(text.substr(1));
  if (!text.starts_with('{')) return false;
  text = Trim(text.substr(1));
  return text.starts_with('"') || text.starts_with('}');
}

RawTable ReadJsonLines(const SourceBytes& source, const std::string& file, const Json& settings) {
  RawTable table;
  table.file = file;
  for (const ReadIssue& issue : source.issues) table.issues.Add(issue);
  const bool own = settings.contains("missing") && settings["missing"].is_array();
  const MissingCells missing(own ? settings["missing"].get<std::vector<std::string>>()
                                 : MissingCells::Default());
  const bool array = Trim(source.text()).starts_with('[');
  const Lines lines = array ? ElementsOf(source.text()) : LinesOf(source.text());
  const auto count = static_cast<int64_t>(lines.text.size());
  std::vector<Block> blocks(static_cast<size_t>((count + kBlockLines - 1) / kBlockLines));
  ParallelFor(count, kBlockLines, [&](int64_t begin, int64_t end) {
    blocks[static_cast<size_t>(begin / kBlockLines)] = ReadBlock(lines, begin, end, missing);
  });
  NoteBad(blocks, lines, &table);
  Join(std::move(blocks), &table);
  if (table.names.empty()) {
    throw Error(ErrorKind::kData, "the objects have no keys", {.file = file},
                "write one object a line, as in {\"age\": 39, \"income\": \"high\"}");
  }
  table.names = UniqueNames(table.names, file, &table.issues);
  table.lines = [line = lines.line](const std::vector<int64_t>& records) {
    std::vector<int64_t> found;
    for (const int64_t record : records) found.push_back(line[static_cast<size_t>(record)]);
    return found;
  };
  table.reading = {{"format", "json_lines"},
                   {"array", array},
                   {"encoding", source.encoding},
                   {"compression", source.compression}};
  if (own) table.reading["missing"] = settings["missing"];
  return table;
}

}  // namespace bottega

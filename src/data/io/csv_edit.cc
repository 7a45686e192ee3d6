#include "data/io/csv_edit.h"

#include <algorithm>

#include "data/io/csv_blocks.h"
#include "data/io/csv_writer.h"

namespace bottega {

namespace {

bool IsLineEnd(char c) { return c == '\n' || c == '\r'; }

size_t AfterLineEnd(std::string_view text, size_t at) {
  return at + (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1);
}

// Bytes of one cell, quotes included; the space behind a delimiter is left out where it belongs to
// the delimiter.
struct CellBytes {
  size_t begin = 0, end = 0;
  bool quoted = false;
};

size_t AfterQuoted(std::string_view text, size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] != '"') continue;
    if (at + 1 >= text.size() || text[at + 1] != '"') return at + 1;
    ++at;
  }
  return text.size();
}

// The record at `at`; returns the byte after its line end.
size_t TakeRecord(std::string_view text, size_t at, const Dialect& dialect,
                  std::vector<CellBytes>* cells) {
  cells->clear();
  while (true) {
    CellBytes cell{.begin = at};
    const bool space =
        dialect.space_after && at < text.size() && text[at] == ' ' && !cells->empty();
    if (space) cell.begin = ++at;
    if (at < text.size() && text[at] == '"') {
      cell.quoted = true;
      at = AfterQuoted(text, at);
    }
    while (at < text.size() && text[at] != dialect.delimiter && !IsLineEnd(text[at])) ++at;
    cell.end = at;
    cells->push_back(cell);
    if (at >= text.size()) return at;
    if (IsLineEnd(text[at])) return AfterLineEnd(text, at);
    ++at;
  }
}

std::string Written(const std::string& cell, bool quoted, const Dialect& dialect) {
  if (!cell.empty() && quoted) {
    std::string out = "\"";
    for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
  }
  return cell.empty() ? cell : CsvCell(cell, {.delimiter = dialect.delimiter});
}

}  // namespace

std::string EditCsv(std::string_view text, const Dialect& dialect, const TextEdits& edits) {
  std::string out;
  out.reserve(text.size());
  size_t copied = 0, at = dialect.body;
  int64_t record = 0;
  auto edit = edits.cells.begin();
  auto removed = edits.removed.begin();
  std::vector<CellBytes> cells;
  while (at < text.size() && (edit != edits.cells.end() || removed != edits.removed.end())) {
    if (IsLineEnd(text[at])) {
      at = AfterLineEnd(text, at);
      continue;
    }
    const bool goes = removed != edits.removed.end() && *removed == record;
    const bool changes = edit != edits.cells.end() && edit->first == record;
    const size_t begin = at;
    int64_t ignored = 0;
    at = goes || changes || dialect.space_after ? TakeRecord(text, at, dialect, &cells)
                                                : SkipRecord(text, at, dialect.delimiter, &ignored);
    if (goes) {
      out += text.substr(copied, begin - copied);
      copied = at;
      ++removed;
    } else if (changes) {
      auto wanted = edit->second;
      std::ranges::sort(wanted);
      for (const auto& [column, cell] : wanted) {
        if (static_cast<size_t>(column) >= cells.size()) continue;
        const CellBytes& bytes = cells[static_cast<size_t>(column)];
        out += text.substr(copied, bytes.begin - copied);
        out += cells.size() == 1 && cell.empty() ? "\"\"" : Written(cell, bytes.quoted, dialect);
        copied = bytes.end;
      }
    }
    if (changes) ++edit;
    ++record;
  }
  out += text.substr(copied);
  return out;
}

}  // namespace bottega

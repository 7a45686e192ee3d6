// How a delimited text file is written: delimiter, header, spaces after delimiters.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bottega {

struct Dialect {
  char delimiter = ',';      // kNoDelimiter for a file of one column
  bool space_after = false;  // ", " as in Adult: the space belongs to the delimiter
  bool header = true;
  int width = 0;                   // columns
  int preamble = 0;                // leading lines that belong to no record of the table
  std::vector<std::string> names;  // of the header, as written; empty without one
  size_t body = 0;                 // byte at which the first record begins
  int64_t body_line = 1;           // its 1-based line
  std::string why;                 // how the header was recognized
};

inline constexpr char kNoDelimiter = '\x1f';

struct DialectHints {
  std::optional<char> delimiter;
  std::optional<bool> header;
  bool tabs_likely = false;  // the file is called .tsv or .tab
};

// Looks at the first 256 kB (or the first line, if that is longer) of UTF-8 `text`.
//
// Delimiter: of , ; tab | the one under which most records have the same number (> 1) of cells.
// Preamble: up to 20 leading records of another width than nearly all that follow.
// Header: the first record is one if no cell is a number or empty, all differ, and either a column
// below it is of numbers or dates, or none of its cells occurs again below it.
Dialect DetectDialect(std::string_view text, const DialectHints& hints = {});

// One record: cells unquoted, and the byte after its line end. Blank lines are skipped first.
struct Record {
  std::vector<std::string> cells;
  size_t begin = 0, end = 0;
  int64_t lines = 0;        // line ends passed, blank lines before it included
  int64_t blank_lines = 0;  // of them, blank lines before it
};
// nullopt at the end of `text`. A quote that is never closed ends with the text.
std::optional<Record> NextRecord(std::string_view text, size_t at, char delimiter,
                                 bool space_after = false);

}  // namespace bottega

// Cutting delimited text into blocks of whole records, and finding lines of records again.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace bottega {

// Whether some quoted cell of `text` holds a line end (judged by quotes that open at a cell's
// start).
bool HasQuotedLineEnds(std::string_view text, char delimiter);

// Ends of blocks of about `size` bytes that break at record ends; the last is text.size().
std::vector<size_t> BlockEnds(std::string_view text, char delimiter, size_t size,
                              bool quoted_line_ends);

// Step over one record: returns the byte after its line end, and adds the line ends passed.
// `at` must be a record's first byte; a blank line counts as a record here.
size_t SkipRecord(std::string_view text, size_t at, char delimiter, int64_t* line_ends);

// Where a quote opens that is never closed: byte offset, or -1.
int64_t UnclosedQuote(std::string_view text, char delimiter);

// 1-based lines (counted from `first_line` at text's start) of the records with the given ascending
// 0-based numbers; blank lines are no records.
std::vector<int64_t> LinesOfRecords(std::string_view text, char delimiter, int64_t first_line,
                                    const std::vector<int64_t>& records);

}  // namespace bottega

#include "data/io/csv_blocks.h"

#include <algorithm>
#include <atomic>
#include <cstring>

#include "base/threads.h"

namespace bottega {
namespace {

bool IsLineEnd(char c) { return c == '\n' || c == '\r'; }

size_t AfterLineEnd(std::string_view text, size_t at) {
  return at + (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1);
}

// From a quoted cell's opening quote to the byte after the closing one (text.size() if none).
size_t SkipQuoted(std::string_view text, size_t at, int64_t* line_ends, bool* closed) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '"') {
      if (at + 1 >= text.size() || text[at + 1] != '"') {
        *closed = true;
        return at + 1;
      }
      ++at;
    } else if (text[at] == '\n' ||
               (text[at] == '\r' && (at + 1 >= text.size() || text[at + 1] != '\n'))) {
      ++*line_ends;
    }
  }
  *closed = false;
  return text.size();
}

size_t Skip(std::string_view text, size_t at, char delimiter, int64_t* line_ends,
            int64_t* unclosed) {
  while (at < text.size()) {
    if (text[at] == '"') {
      bool closed = false;
      const size_t opening = at;
      at = SkipQuoted(text, at, line_ends, &closed);
      if (!closed && unclosed != nullptr) *unclosed = static_cast<int64_t>(opening);
    }
    while (at < text.size() && text[at] != delimiter && !IsLineEnd(text[at])) ++at;
    if (at >= text.size()) break;
    if (IsLineEnd(text[at])) {
      ++*line_ends;
      return AfterLineEnd(text, at);
    }
    ++at;
  }
  return text.size();
}

}  // namespace

size_t SkipRecord(std::string_view text, size_t at, char delimiter, int64_t* line_ends) {
  return Skip(text, at, delimiter, line_ends, nullptr);
}

bool HasQuotedLineEnds(std::string_view text, char delimiter) {
  if (std::memchr(text.data(), '"', text.size()) == nullptr) return false;
  // Cheap necessary condition, in parallel: a line with an odd number of quotes.
  std::atomic<bool> odd{false};
  const auto size = static_cast<int64_t>(text.size());
  ParallelFor(size, 4 << 20, [&](int64_t begin, int64_t end) {
    // Each chunk looks at the lines that begin in it.
    auto at = static_cast<size_t>(begin);
    if (begin > 0) {
      at = text.find('\n', at - 1);
      if (at == std::string_view::npos) return;
      ++at;
    }
    while (at < static_cast<size_t>(end) && !odd) {
      const size_t line_end = std::min(text.find('\n', at), text.size());
      const std::string_view line = text.substr(at, line_end - at);
      if (std::count(line.begin(), line.end(), '"') % 2 != 0) odd = true;
      at = line_end + 1;
    }
  });
  if (!odd) return false;
  for (size_t at = 0; at < text.size();) {
    int64_t line_ends = 0;
    at = SkipRecord(text, at, delimiter, &line_ends);
    if (line_ends > 1) return true;
  }
  return false;
}

std::vector<size_t> BlockEnds(std::string_view text, char delimiter, size_t size,
                              bool quoted_line_ends) {
  std::vector<size_t> ends;
  size_t at = 0;
  while (text.size() - at > size) {
    size_t end = at;
    if (quoted_line_ends) {
      int64_t ignored = 0;
      while (end < text.size() && end - at < size) end = SkipRecord(text, end, delimiter, &ignored);
    } else {
      end = text.find('\n', at + size);
      end = end == std::string_view::npos ? text.size() : end + 1;
    }
    if (end >= text.size()) break;
    ends.push_back(end);
    at = end;
  }
  ends.push_back(text.size());
  return ends;
}

int64_t UnclosedQuote(std::string_view text, char delimiter) {
  int64_t unclosed = -1;
  int64_t ignored = 0;
  for (size_t at = 0; at < text.size();) at = Skip(text, at, delimiter, &ignored, &unclosed);
  return unclosed;
}

std::vector<int64_t> LinesOfRecords(std::string_view text, char delimiter, int64_t first_line,
                                    const std::vector<int64_t>& records) {
  std::vector<int64_t> lines;
  int64_t record = 0;
  int64_t line = first_line;
  size_t at = 0;
  for (const int64_t wanted : records) {
    while (at < text.size()) {
      if (IsLineEnd(text[at])) {
        at = AfterLineEnd(text, at);
        ++line;
        continue;
      }
      if (record == wanted) break;
      at = SkipRecord(text, at, delimiter, &line);
      ++record;
    }
    lines.push_back(at < text.size() ? line : -1);
  }
  return lines;
}

}  // namespace bottega

#include "data/io/record_lines.h"

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "data/io/csv_blocks.h"
#include "data/io/dialect.h"
#include "data/io/source_bytes.h"

namespace bottega {
namespace {

std::vector<int64_t> DelimitedLines(std::string_view text, const Json& reading,
                                    const std::vector<int64_t>& sorted) {
  const std::string delimiter = reading.at("delimiter");
  DialectHints hints{.delimiter = delimiter == "none" ? kNoDelimiter : delimiter[0],
                     .header = reading.at("header").get<bool>()};
  const Dialect dialect = DetectDialect(text, hints);
  return LinesOfRecords(text.substr(dialect.body), dialect.delimiter, dialect.body_line, sorted);
}

std::vector<int64_t> JsonLines(std::string_view text, const std::vector<int64_t>& sorted) {
  std::vector<int64_t> lines;
  int64_t line = 0, record = -1;
  size_t at = 0;
  for (const int64_t wanted : sorted) {
    while (record < wanted && at < text.size()) {
      const size_t end = std::min(text.find('\n', at), text.size());
      record += !Trim(text.substr(at, end - at)).empty();
      at = end + 1;
      ++line;
    }
    lines.push_back(record == wanted ? line : -1);
  }
  return lines;
}

}  // namespace

std::vector<int64_t> LinesInFile(const std::filesystem::path& source, const Json& reading,
                                 const std::vector<int64_t>& records) {
  if (!reading.is_object() || reading.value("compression", "") != "none") return {};
  const bool delimited = reading.contains("delimiter");
  if (!delimited && (reading.value("format", "") != "json_lines" || reading.value("array", false)))
    return {};
  std::vector<int64_t> sorted = records;
  std::ranges::sort(sorted);
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  try {
    const SourceBytes bytes = ReadSource(source, reading.value("encoding", ""));
    const std::vector<int64_t> lines =
        delimited ? DelimitedLines(bytes.text(), reading, sorted) : JsonLines(bytes.text(), sorted);
    std::vector<int64_t> found;
    for (const int64_t record : records) {
      const auto at = std::ranges::lower_bound(sorted, record) - sorted.begin();
      found.push_back(lines[static_cast<size_t>(at)]);
    }
    return found;
  } catch (const Error&) {
    return {};
  }
}

}  // namespace bottega

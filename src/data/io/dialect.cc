#include "data/io/dialect.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/text.h"
#include "data/infer/dates.h"

namespace bottega {
namespace {

constexpr size_t kSample = 256 << 10;
constexpr size_t kRecords = 300;
constexpr int kMostPreamble = 20;

std::string_view SampleOf(std::string_view text) {
  if (text.size() <= kSample) return text;
  const size_t first_end = text.find('\n');
  if (first_end == std::string_view::npos || first_end >= kSample) {
    return text.substr(0, std::min(text.size(), first_end));
  }
  return text.substr(0, text.rfind('\n', kSample) + 1);
}

std::vector<Record> RecordsOf(std::string_view sample, char delimiter, bool space_after) {
  std::vector<Record> records;
  size_t at = 0;
  while (records.size() < kRecords) {
    std::optional<Record> record = NextRecord(sample, at, delimiter, space_after);
    if (!record) break;
    at = record->end;
    records.push_back(std::move(*record));
  }
  return records;
}

// Most frequent width, and the share of records that have it.
std::pair<int, double> CommonWidth(const std::vector<Record>& records) {
  std::map<size_t, int> widths;
  for (const Record& record : records) ++widths[record.cells.size()];
  std::pair<size_t, int> best{0, 0};
  for (const auto& [width, count] : widths) {
    if (count >= best.second) best = {width, count};
  }
  return {
      static_cast<int>(best.first),
      static_cast<double>(best.second) / static_cast<double>(std::max<size_t>(records.size(), 1))};
}

// For tables most of whose rows are ragged: the delimiter that cuts the first record into most
// cells, if at least half of the records hold it too.
char DelimiterOfFirst(std::string_view sample) {
  char best = kNoDelimiter;
  size_t most = 1;
  for (const char candidate : {',', ';', '\t', '|'}) {
    const std::vector<Record> records = RecordsOf(sample, candidate, false);
    const auto cut = std::count_if(records.begin(), records.end(),
                                   [](const Record& r) { return r.cells.size() > 1; });
    if (records.empty() || cut * 2 < static_cast<int64_t>(records.size())) continue;
    if (records[0].cells.size() <= most) continue;
    best = candidate;
    most = records[0].cells.size();
  }
  return best;
}

char DetectDelimiter(std::string_view sample, const DialectHints& hints) {
  char best = kNoDelimiter;
  double best_score = 0;
  for (const char candidate : {',', ';', '\t', '|'}) {
    const auto [width, share] = CommonWidth(RecordsOf(sample, candidate, false));
    if (width < 2) continue;
    double score = share * (1 + 0.05 * std::log2(width));
    if (candidate == '\t') score += hints.tabs_likely ? 0.5 : 0.1;
    if (share >= 0.5 && score > best_score) {
      best = candidate;
      best_score = score;
    }
  }
  return best != kNoDelimiter ? best : DelimiterOfFirst(sample);
}

bool SpacesFollow(std::string_view sample, char delimiter) {
  int64_t delimiters = 0;
  int64_t spaces = 0;
  for (size_t i = 0; i + 1 < sample.size(); ++i) {
    if (sample[i] != delimiter) continue;
    ++delimiters;
    spaces += sample[i + 1] == ' ';
  }
  return delimiter != kNoDelimiter && delimiters > 0 && spaces * 20 >= delimiters * 19;
}

bool IsData(const std::string& cell) {
  return ParseNumber(cell).has_value() || LooksLikeDate(cell);
}

// Decides whether records[0] names the columns, and says why.
std::pair<bool, std::string> DetectHeader(const std::vector<Record>& records, int width) {
  const std::vector<std::string>& first = records[0].cells;
  std::set<std::string> names;
  std::string twice;
  for (const std::string& cell : first) {
    if (IsData(cell)) return {false, "the first line holds the value '" + cell + "'"};
    if (cell.size() > 120) return {false, "the first line holds a long text"};
    const std::string name(Trim(cell));
    if (!name.empty() && !names.insert(name).second) twice = name;
  }
  if (records.size() == 1) return {true, "the only line holds names, no values"};
  bool repeats = false;
  for (int column = 0; column < width; ++column) {
    const auto c = static_cast<size_t>(column);
    size_t data = 0;
    size_t filled = 0;
    for (size_t i = 1; i < records.size(); ++i) {
      if (records[i].cells.size() <= c) continue;
      const std::string& cell = records[i].cells[c];
      filled += !Trim(cell).empty();
      data += IsData(cell);
      repeats = repeats || (cell == first[c] && !cell.empty());
    }
    if (filled > 0 && data * 10 >= filled * 8) {
      return {true, "column " + std::to_string(column + 1) + " holds values of which '" + first[c] +
                        "' is none"};
    }
  }
  if (!twice.empty()) return {false, "the first line holds '" + twice + "' twice"};
  if (repeats) return {false, "values of the first line occur again below it"};
  return {true, "no cell of the first line occurs again below it"};
}

}  // namespace

std::optional<Record> NextRecord(std::string_view text, size_t at, char delimiter,
                                 bool space_after) {
  Record record;
  const auto newline = [&] {  // steps over \n, \r\n or \r
    at += text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
    ++record.lines;
  };
  while (at < text.size() && (text[at] == '\n' || text[at] == '\r')) newline();
  record.blank_lines = record.lines;
  if (at >= text.size()) return std::nullopt;
  record.begin = at;
  while (true) {
    std::string cell;
    if (space_after && at < text.size() && text[at] == ' ') ++at;
    if (at < text.size() && text[at] == '"') {
      for (++at; at < text.size(); ++at) {
        if (text[at] == '"') {
          if (at + 1 >= text.size() || text[at + 1] != '"') break;
          ++at;
        }
        record.lines += text[at] == '\n' ||
                        (text[at] == '\r' && (at + 1 >= text.size() || text[at + 1] != '\n'));
        cell += text[at];
      }
      if (at < text.size()) ++at;
    }
    size_t stop = at;
    while (stop < text.size() && text[stop] != delimiter && text[stop] != '\n' &&
           text[stop] != '\r') {
      ++stop;
    }
    cell.append(text.substr(at, stop - at));
    record.cells.push_back(std::move(cell));
    at = stop;
    if (at >= text.size()) break;
    if (text[at] != delimiter) {
      newline();
      break;
    }
    ++at;
  }
  record.end = at;
  return record;
}

Dialect DetectDialect(std::string_view text, const DialectHints& hints) {
  const std::string_view sample = SampleOf(text);
  Dialect dialect;
  dialect.delimiter = hints.delimiter ? *hints.delimiter : DetectDelimiter(sample, hints);
  dialect.space_after = SpacesFollow(sample, dialect.delimiter);
  std::vector<Record> records = RecordsOf(sample, dialect.delimiter, dialect.space_after);
  if (records.empty()) return dialect;
  const auto [width, share] = CommonWidth(records);
  dialect.width = width;
  const auto matches = [&](const Record& r) { return static_cast<int>(r.cells.size()) == width; };
  const auto table = std::find_if(records.begin(), records.end(), matches);
  if (share >= 0.5 && table - records.begin() <= kMostPreamble && records.size() >= 3) {
    dialect.preamble = static_cast<int>(table - records.begin());
  }
  for (int i = 0; i < dialect.preamble; ++i) {
    dialect.body_line += records[static_cast<size_t>(i)].lines;
    dialect.body = records[static_cast<size_t>(i)].end;
  }
  records.erase(records.begin(), records.begin() + dialect.preamble);
  dialect.width = dialect.preamble > 0 ? width : dialect.width;
  std::tie(dialect.header, dialect.why) =
      DetectHeader(records, static_cast<int>(records[0].cells.size()));
  if (hints.header) {
    dialect.header = *hints.header;
    dialect.why = "as the recipe says";
  }
  if (dialect.header) {
    dialect.names = records[0].cells;
    dialect.body = records[0].end;
    dialect.body_line += records[0].lines;
  }
  return dialect;
}

}  // namespace bottega

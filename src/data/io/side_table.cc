#include "data/io/side_table.h"

#include <arrow/array.h>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "data/arrow_support.h"
#include "data/io/dialect.h"
#include "data/io/raw_table.h"
#include "data/io/source_bytes.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

using Cells = std::vector<std::vector<std::string>>;  // by record

struct SmallTable {
  std::vector<std::string> names;
  Cells records;  // all as wide as names
};

SmallTable ReadSmallTable(const fs::path& path) {
  const SourceBytes bytes = ReadSource(path);
  const Dialect dialect = DetectDialect(
      bytes.text(), {.delimiter = {}, .header = true, .tabs_likely = path.extension() == ".tsv"});
  SmallTable table;
  table.names = dialect.names;
  size_t at = dialect.body;
  while (auto record = NextRecord(bytes.text(), at, dialect.delimiter, dialect.space_after)) {
    at = record->end;
    record->cells.resize(table.names.size());
    table.records.push_back(std::move(record->cells));
  }
  return table;
}

// Position of a picture by path, or by file name where that is unique.
class PictureNames {
 public:
  explicit PictureNames(const std::vector<std::string>& pictures) {
    for (size_t i = 0; i < pictures.size(); ++i) {
      positions_[pictures[i]] = static_cast<int64_t>(i);
      const std::string name = pictures[i].substr(pictures[i].rfind('/') + 1);
      const auto [found, added] = positions_.emplace(name, static_cast<int64_t>(i));
      if (!added && name != pictures[i]) found->second = -1;
    }
  }
  int64_t Find(std::string cell) const {
    std::replace(cell.begin(), cell.end(), '\\', '/');
    if (cell.starts_with("./")) cell.erase(0, 2);
    const auto found = positions_.find(cell);
    return found == positions_.end() ? -1 : found->second;
  }

 private:
  std::unordered_map<std::string, int64_t> positions_;
};

// Per record the picture it is about, -1 for none, by the column that names most pictures.
struct TableJoin {
  size_t column = 0;
  int64_t matches = 0;  // pictures that have a line
  std::vector<int64_t> position;
};

TableJoin BestJoin(const SmallTable& table, const PictureNames& names) {
  TableJoin best;
  for (size_t column = 0; column < table.names.size(); ++column) {
    TableJoin join{.column = column};
    std::set<int64_t> named;
    for (const auto& record : table.records) {
      join.position.push_back(names.Find(record[column]));
      if (join.position.back() >= 0) named.insert(join.position.back());
    }
    join.matches = static_cast<int64_t>(named.size());
    if (join.matches > best.matches) best = std::move(join);
  }
  return best;
}

SideColumn MakeColumn(const SmallTable& table, size_t column, const TableJoin& join,
                      size_t pictures, const std::string& file) {
  std::vector<std::optional<std::string>> cells(pictures);
  bool numbers = true, any = false;
  for (size_t i = 0; i < table.records.size(); ++i) {
    if (join.position[i] < 0 || table.records[i][column].empty()) continue;
    cells[static_cast<size_t>(join.position[i])] = table.records[i][column];
    numbers = numbers && ParseNumber(table.records[i][column]).has_value();
    any = true;
  }
  SideColumn out;
  out.column.name = table.names[column];
  out.column.why = "from " + file;
  if (LowerAscii(out.column.name) == "group") {
    out.column.type = FeatureType::kIdentifier;
    out.column.role = Role::kGroup;
  } else {
    out.column.type = numbers && any ? FeatureType::kNumber : FeatureType::kCategory;
  }
  if (out.column.type != FeatureType::kNumber) {
    out.values = TextArray(cells);
    return out;
  }
  std::vector<double> values(pictures, std::numeric_limits<double>::quiet_NaN());
  for (size_t i = 0; i < pictures; ++i) {
    if (cells[i]) values[i] = *ParseNumber(*cells[i]);
  }
  out.values = NumberArray(values);
  return out;
}

std::vector<fs::path> Tables(const fs::path& root) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(root)) {
    const fs::path extension = entry.path().extension();
    const bool hidden = entry.path().filename().string().starts_with('.');
    if ((extension == ".csv" || extension == ".tsv") && entry.is_regular_file() && !hidden) {
      paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

std::vector<SideColumn> ReadSideTable(const fs::path& root,
                                      const std::vector<std::string>& pictures, IssueList* issues) {
  std::vector<SideColumn> columns;
  const PictureNames names(pictures);
  for (const fs::path& path : Tables(root)) {
    const std::string file = path.filename().string();
    SmallTable table;
    try {
      table = ReadSmallTable(path);
    } catch (const Error& error) {
      issues->Add({"unreadable_file", {.file = file}, "the table is left out: " + error.message()});
      continue;
    }
    const TableJoin join = BestJoin(table, names);
    if (join.matches == 0 || join.matches * 2 < static_cast<int64_t>(pictures.size())) continue;
    table.names = UniqueNames(std::move(table.names), file, issues);
    if (join.matches < static_cast<int64_t>(pictures.size())) {
      issues->Add({"partial_table",
                   {.file = file},
                   "the table has no line for " +
                       FormatCount(static_cast<int64_t>(pictures.size()) - join.matches) +
                       " of the pictures"});
    }
    for (size_t i = 0; i < table.names.size(); ++i) {
      const auto same = [&](const SideColumn& c) { return c.column.name == table.names[i]; };
      if (i == join.column || std::any_of(columns.begin(), columns.end(), same)) continue;
      columns.push_back(MakeColumn(table, i, join, pictures.size(), file));
    }
  }
  return columns;
}

}  // namespace bottega

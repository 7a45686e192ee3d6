// OpenLike of data/open.h: new rows for a model's columns.
#include <arrow/array.h>
#include <arrow/chunked_array.h>
#include <arrow/table.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/files.h"
#include "base/text.h"
#include "base/threads.h"
#include "data/arrow_support.h"
#include "data/assemble.h"
#include "data/image/picture.h"
#include "data/infer/convert.h"
#include "data/io/folder.h"
#include "data/io/idx.h"
#include "data/io/source_bytes.h"
#include "data/open.h"

namespace bottega {
namespace fs = std::filesystem;
namespace {

constexpr int kAbsent = -1;

bool IsNeeded(const Column& column) {
  return column.role == Role::kFeature && column.type != FeatureType::kIdentifier;
}

std::string Plainly(std::string_view name) {
  std::string plain;
  for (const char c : LowerAscii(Trim(name))) {
    if (c != ' ' && c != '_' && c != '-' && c != '.') plain += c;
  }
  return plain;
}

// Where each of `columns` stands in `names` by exact, else by simplified name; kAbsent if nowhere.
std::vector<int> MapByName(const std::vector<Column>& columns,
                           const std::vector<std::string>& names) {
  std::map<std::string, int> exact;
  std::map<std::string, int> plain;
  for (size_t i = 0; i < names.size(); ++i) {
    exact.emplace(names[i], static_cast<int>(i));
    plain.emplace(Plainly(names[i]), static_cast<int>(i));
  }
  std::vector<int> map;
  for (const Column& column : columns) {
    const auto same = exact.find(column.name);
    const auto like = plain.find(Plainly(column.name));
    map.push_back(same != exact.end()   ? same->second
                  : like != plain.end() ? like->second
                                        : kAbsent);
  }
  return map;
}

bool HasNeeded(const std::vector<Column>& columns, const std::vector<int>& map) {
  for (size_t i = 0; i < columns.size(); ++i) {
    if (IsNeeded(columns[i]) && map[i] == kAbsent) return false;
  }
  return true;
}

// By place: all columns, or all but the target. Empty if the numbers of columns disagree.
std::vector<int> MapByPosition(const std::vector<Column>& columns, size_t width) {
  const bool without_target = width + 1 == columns.size();
  if (width != columns.size() && !without_target) return {};
  std::vector<int> map;
  int next = 0;
  for (const Column& column : columns) {
    map.push_back(without_target && column.role == Role::kTarget ? kAbsent : next++);
  }
  return without_target && next != static_cast<int>(width) ? std::vector<int>() : map;
}

// Whether no name that is known stands at another place than its own.
bool Agree(const std::vector<int>& by_name, const std::vector<int>& by_position) {
  for (size_t i = 0; i < by_name.size(); ++i) {
    if (by_name[i] != kAbsent && by_name[i] != by_position[i]) return false;
  }
  return true;
}

Error NoMap(const std::vector<Column>& columns, const std::vector<int>& map,
            const RawTable& table) {
  std::vector<std::string> absent;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (IsNeeded(columns[i]) && map[i] == kAbsent) absent.push_back("'" + columns[i].name + "'");
  }
  const size_t count = absent.size();
  if (count > 5) absent.resize(5);
  return Error(ErrorKind::kData,
               "the model needs columns that are not here: " + Join(absent, ", ") +
                   (count > 5 ? " and " + std::to_string(count - 5) + " more" : ""),
               {.file = table.file},
               "give these columns their names, or give " + std::to_string(columns.size()) +
                   " columns in the order of the training data (here are " +
                   std::to_string(table.names.size()) + ")");
}

std::vector<int> MapColumns(const std::vector<Column>& columns, const RawTable& table,
                            IssueList* issues) {
  const std::vector<int> by_name = MapByName(columns, table.names);
  const std::vector<int> by_position = MapByPosition(columns, table.names.size());
  const bool named = table.reading.value("header", true);
  if (named && HasNeeded(columns, by_name)) {
    for (size_t i = 0; i < columns.size(); ++i) {
      if (by_name[i] == kAbsent) continue;
      const std::string& name = table.names[static_cast<size_t>(by_name[i])];
      if (name == columns[i].name) continue;
      issues->Add(
          {.kind = "renamed_column",
           .place = {.file = table.file, .column = name},
           .message = "'" + name + "' was taken for the model's column '" + columns[i].name + "'"});
    }
    return by_name;
  }
  if (by_position.empty() || (named && !Agree(by_name, by_position))) {
    throw NoMap(columns, by_name, table);
  }
  const bool same_names = std::all_of(columns.begin(), columns.end(), [&](const Column& column) {
    return column.name.starts_with("c") && ParseInteger(column.name.substr(1));
  });
  if (named || !same_names) {
    issues->Add({.kind = "mapped_by_position",
                 .place = {.file = table.file},
                 .message = "the names of the " + std::to_string(table.names.size()) +
                            " columns are not those of the training data; they were matched by "
                            "position ('" +
                            table.names[0] + "' for '" + columns[0].name + "', ...)"});
  }
  return by_position;
}

std::string Normalized(std::string_view label) {
  std::string text = LowerAscii(Trim(label));
  if (text.ends_with('.')) text.pop_back();
  return std::string(Trim(text));
}

// Labels that differ from a class only in case, space or a final full stop become that class.
void NormalizeLabels(int target, const std::vector<std::string>& classes, const std::string& file,
                     Dataset* data, IssueList* issues) {
  std::map<std::string, std::string> known;
  for (const std::string& name : classes) {
    const auto [at, added] = known.emplace(Normalized(name), name);
    if (!added) at->second.clear();  // two classes are alike: no way to tell
  }
  const std::set<std::string> exact(classes.begin(), classes.end());
  std::vector<std::optional<std::string>> labels = TextsOf(*data, target);
  std::map<std::string, int64_t> changed;
  std::map<std::string, int64_t> unknown;
  for (std::optional<std::string>& label : labels) {
    if (!label || exact.count(*label) > 0) continue;
    const auto at = known.find(Normalized(*label));
    if (at == known.end() || at->second.empty()) {
      ++unknown[*label];
      continue;
    }
    ++changed[*label];
    label = at->second;
  }
  const std::string& column = data->columns[static_cast<size_t>(target)].name;
  for (const auto& [label, count] : changed) {
    issues->Add({.kind = "normalized_label",
                 .place = {.file = file, .column = column},
                 .message = "'" + label + "' was read as '" + known[Normalized(label)] + "' in " +
                            FormatCount(count) + " rows"});
  }
  for (const auto& [label, count] : unknown) {
    issues->Add({.kind = "unknown_label",
                 .place = {.file = file, .column = column},
                 .message = "'" + label + "' in " + FormatCount(count) +
                            " rows is none of the model's classes"});
  }
  if (!changed.empty()) *data = WithColumn(*data, target, TextArray(labels));
}

std::shared_ptr<arrow::DataType> ArrowType(FeatureType type) {
  if (type == FeatureType::kNumber) return arrow::float64();
  if (type == FeatureType::kDate) return arrow::timestamp(arrow::TimeUnit::MICRO);
  return arrow::utf8();
}

Dataset ReadTableLike(const fs::path& source, const std::vector<Column>& columns,
                      const std::vector<std::string>& classes, const Json& reading) {
  Json settings = Json::object();
  if (reading.contains("missing")) settings["missing"] = reading["missing"];
  const RawTable table = ReadRaw(source, settings);
  IssueList issues = table.issues;
  const std::vector<int> map = MapColumns(columns, table, &issues);
  Dataset data;
  data.columns = columns;
  data.rows = table.rows;
  data.source = source;
  data.root = source.parent_path();
  data.reading = table.reading;
  if (reading.contains("number_styles")) data.reading["number_styles"] = reading["number_styles"];
  std::vector<std::pair<std::string, std::shared_ptr<arrow::Array>>> arrays(columns.size());
  std::vector<ColumnPlan> plans(columns.size());
  std::vector<Converted> converted(columns.size());
  ParallelFor(static_cast<int64_t>(columns.size()), 1, [&](int64_t begin, int64_t) {
    const auto i = static_cast<size_t>(begin);
    const Column& column = columns[i];
    plans[i] = {column.name, column.type, StyleOf(reading, column.name), column.date_format};
    if (map[i] == kAbsent) {
      converted[i].array = ArrowValue(
          arrow::MakeArrayOfNull(ArrowType(column.type), static_cast<int64_t>(table.rows.size())));
    } else {
      converted[i] = ConvertColumn(*table.columns[static_cast<size_t>(map[i])], plans[i]);
    }
    arrays[i] = {column.name, converted[i].array};
  });
  for (size_t i = 0; i < columns.size(); ++i) NoteBadCells(table, plans[i], converted[i], &issues);
  data.table = MakeTable(arrays);
  const int target = data.RoleIndex(Role::kTarget);
  if (target >= 0 && map[static_cast<size_t>(target)] != kAbsent && !classes.empty()) {
    NormalizeLabels(target, classes, table.file, &data, &issues);
  }
  data.issues = issues.Finish(table.file);
  return data;
}

// The class that a path's folders name: the innermost that is one of `classes`.
std::optional<std::string> LabelOfPath(const fs::path& path,
                                       const std::vector<std::string>& classes) {
  for (fs::path folder = path.parent_path(); !folder.empty(); folder = folder.parent_path()) {
    const std::string name = folder.filename().string();
    if (std::find(classes.begin(), classes.end(), name) != classes.end()) return name;
    if (folder == folder.parent_path()) break;
  }
  return std::nullopt;
}

// `source` is a picture or a folder with pictures anywhere below it, classes or not.
Dataset ReadPicturesLike(const fs::path& source, const std::vector<Column>& columns,
                         const std::vector<std::string>& classes) {
  RequireExists(source);
  const bool folder = fs::is_directory(source);
  const fs::path root = folder ? source : source.parent_path();
  const std::vector<fs::path> files =
      folder ? SourceFiles(source) : std::vector<fs::path>{source.filename()};
  std::vector<std::string> problem(files.size());
  ParallelFor(static_cast<int64_t>(files.size()), 16, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      const fs::path path = root / files[static_cast<size_t>(i)];
      try {
        ReadPictureInfo(ReadFile(path), path.string());
      } catch (const Error& error) {
        problem[static_cast<size_t>(i)] = error.message();
      }
    }
  });
  IssueList issues;
  std::vector<std::string> paths;
  std::vector<std::optional<std::string>> labels;
  Dataset data;
  for (size_t i = 0; i < files.size(); ++i) {
    if (problem[i].empty()) {
      paths.push_back(files[i].string());
      labels.push_back(LabelOfPath(files[i], classes));
      data.rows.push_back(static_cast<int64_t>(i));
    } else {
      issues.Add({.kind = "unreadable_file",
                  .place = {.file = (root / files[i]).string(), .row = static_cast<int64_t>(i)},
                  .message = problem[i]});
    }
  }
  if (paths.empty()) {
    throw Error(ErrorKind::kData, "there is no picture that can be read", {.file = source.string()},
                "`ls -R " + ShellQuote(source.string()) +
                    "` lists what is there; JPEG, PNG and WebP "
                    "are read");
  }
  std::vector<std::pair<std::string, std::shared_ptr<arrow::Array>>> arrays;
  const auto rows = static_cast<int64_t>(paths.size());
  for (const Column& column : columns) {
    std::shared_ptr<arrow::Array> array =
        ArrowValue(arrow::MakeArrayOfNull(ArrowType(column.type), rows));
    if (column.type == FeatureType::kPicture) array = TextArray(paths);
    if (column.role == Role::kTarget) array = TextArray(labels);
    arrays.emplace_back(column.name, array);
  }
  data.columns = columns;
  data.table = MakeTable(arrays);
  data.source = source;
  data.root = root;
  data.reading = {{"format", "pictures"}};
  data.issues = issues.Finish(source.string());
  return data;
}

// A Dataset that another reader made, brought to the model's columns.
Dataset Arrange(Dataset read, const std::vector<Column>& columns) {
  std::vector<std::pair<std::string, std::shared_ptr<arrow::Array>>> arrays;
  for (const Column& column : columns) {
    const int at = read.Find(column.name);
    arrays.emplace_back(column.name, at >= 0 ? OneChunk(read.table->column(at))
                                             : ArrowValue(arrow::MakeArrayOfNull(
                                                   ArrowType(column.type), read.size())));
  }
  read.table = MakeTable(arrays);
  read.columns = columns;
  return read;
}

}  // namespace

Dataset OpenLike(const fs::path& source, const std::vector<Column>& columns,
                 const std::vector<std::string>& classes, const Json& reading) {
  EnsureArrow();
  const bool pictures = std::any_of(columns.begin(), columns.end(), [](const Column& column) {
    return column.type == FeatureType::kPicture && column.role != Role::kIgnored;
  });
  if (!pictures) return ReadTableLike(source, columns, classes, reading);
  if (LooksLikeIdx(source)) return Arrange(ReadIdx(source, Json::object()), columns);
  std::error_code ignored;
  const std::string lower = LowerAscii(source.extension().string());
  const bool table =
      fs::is_regular_file(source, ignored) &&
      (lower == ".csv" || lower == ".tsv" || lower == ".jsonl" || lower == ".parquet");
  if (table) return ReadTableLike(source, columns, classes, reading);
  return ReadPicturesLike(source, columns, classes);
}

}  // namespace bottega

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
#include "data/infer/convert.h"
#include "data/io/folder.h"
#include "data/io/folder_file.h"
#include "data/io/idx.h"
#include "data/io/source_bytes.h"
#include "data/map_columns.h"
#include "data/open.h"

namespace bottega {
namespace fs = std::filesystem;
namespace {

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

using NamedArrays = std::vector<std::pair<std::string, std::shared_ptr<arrow::Array>>>;

std::shared_ptr<arrow::Array> Missing(FeatureType type, int64_t rows) {
  const auto arrow_type = type == FeatureType::kNumber ? arrow::float64()
                          : type == FeatureType::kDate ? arrow::timestamp(arrow::TimeUnit::MICRO)
                                                       : arrow::utf8();
  return ArrowValue(arrow::MakeArrayOfNull(arrow_type, rows));
}

// The cells of `columns`, found in `table` through `map`; null where a column is absent.
NamedArrays ConvertColumns(const std::vector<Column>& columns, const std::vector<int>& map,
                           const RawTable& table, const Json& reading, IssueList* issues) {
  NamedArrays arrays(columns.size());
  std::vector<ColumnPlan> plans(columns.size());
  std::vector<Converted> converted(columns.size());
  ParallelFor(static_cast<int64_t>(columns.size()), 1, [&](int64_t begin, int64_t) {
    const auto i = static_cast<size_t>(begin);
    const Column& column = columns[i];
    plans[i] = {column.name, column.type, StyleOf(reading, column.name), column.date_format};
    if (map[i] == kAbsent) {
      converted[i].array = Missing(column.type, static_cast<int64_t>(table.rows.size()));
    } else {
      converted[i] = ConvertColumn(*table.columns[static_cast<size_t>(map[i])], plans[i]);
    }
    arrays[i] = {column.name, converted[i].array};
  });
  for (size_t i = 0; i < columns.size(); ++i) NoteBadCells(table, plans[i], converted[i], issues);
  return arrays;
}

Dataset ReadTableLike(const fs::path& source, const std::vector<Column>& columns,
                      const std::vector<std::string>& classes, const Json& reading) {
  Json settings = Json::object();
  if (reading.contains("missing")) settings["missing"] = reading["missing"];
  const RawTable table = ReadRaw(source, settings);
  IssueList issues = table.issues;
  const std::vector<int> map = MapColumns(columns, table, &issues);
  Dataset data;
  data.table = MakeTable(ConvertColumns(columns, map, table, reading, &issues));
  data.columns = columns;
  data.rows = table.rows;
  data.source = source;
  data.root = source.parent_path();
  data.reading = table.reading;
  if (reading.contains("number_styles")) data.reading["number_styles"] = reading["number_styles"];
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

std::vector<FolderFile> LookAtAll(const fs::path& root, const std::vector<fs::path>& paths) {
  std::vector<FolderFile> files(paths.size());
  ParallelFor(static_cast<int64_t>(files.size()), 16, [&](int64_t begin, int64_t end) {
    for (auto i = static_cast<size_t>(begin); i < static_cast<size_t>(end); ++i) {
      files[i].path = paths[i].generic_string();
      LookAt(root, &files[i]);
    }
  });
  return files;
}

// `source` is a picture or a folder with pictures anywhere below it, classes or not.
Dataset ReadPicturesLike(const fs::path& source, const std::vector<Column>& columns,
                         const std::vector<std::string>& classes) {
  RequireExists(source);
  const bool folder = fs::is_directory(source);
  const fs::path root = folder ? source : source.parent_path();
  const std::vector<FolderFile> files =
      LookAtAll(root, folder ? SourceFiles(source) : std::vector<fs::path>{source.filename()});
  IssueList issues;
  std::vector<std::string> paths;
  std::vector<std::optional<std::string>> labels;
  Dataset data;
  for (size_t i = 0; i < files.size(); ++i) {
    const auto row = static_cast<int64_t>(i);
    AddIssues(files[i], {.file = (root / files[i].path).string(), .row = row}, &issues);
    if (files[i].kind != FolderFile::Kind::kPicture) continue;
    paths.push_back(files[i].path);
    labels.push_back(LabelOfPath(files[i].path, classes));
    data.rows.push_back(row);
  }
  if (paths.empty()) {
    throw Error(ErrorKind::kData, "there is no picture that can be read", {.file = source.string()},
                "`ls -R " + ShellQuote(source.string()) +
                    "` lists what is there; JPEG, PNG and WebP are read");
  }
  NamedArrays arrays;
  for (const Column& column : columns) {
    arrays.emplace_back(column.name, column.role == Role::kTarget ? TextArray(labels)
                                     : column.type == FeatureType::kPicture
                                         ? TextArray(paths)
                                         : Missing(column.type, data.size()));
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
  NamedArrays arrays;
  for (const Column& column : columns) {
    const int at = read.Find(column.name);
    arrays.emplace_back(column.name, at >= 0 ? OneChunk(read.table->column(at))
                                             : Missing(column.type, read.size()));
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

#include "data/assemble.h"

#include <arrow/array.h>
#include <arrow/buffer.h>
#include <arrow/chunked_array.h>
#include <arrow/table.h>

#include <algorithm>

#include "base/files.h"
#include "base/text.h"
#include "base/threads.h"
#include "data/arrow_support.h"
#include "data/infer/column_type.h"
#include "data/infer/convert.h"
#include "data/io/csv_reader.h"
#include "data/io/json_lines.h"
#include "data/io/parquet_table.h"
#include "data/io/source_bytes.h"
#include "data/text_setting.h"

namespace bottega {
namespace fs = std::filesystem;
namespace {

bool IsParquet(const fs::path& path) {
  const std::string lower = LowerAscii(path.filename().string());
  return lower.ends_with(".parquet") || lower.ends_with(".pq");
}

// Whether the file begins and ends as Parquet does, whatever its name.
bool HasParquetMarks(std::string_view bytes) {
  return bytes.starts_with("PAR1") && bytes.ends_with("PAR1") && bytes.size() >= 12;
}

void RequireFile(const fs::path& path) {
  RequireExists(path);
  std::error_code ignored;
  if (fs::is_regular_file(path, ignored)) return;
  const Place place{.file = path.string()};
  if (!fs::is_directory(path, ignored)) {
    throw Error(ErrorKind::kData, "this is a pipe or a device; every step reads the data anew",
                place, "write the rows to a file and name that file");
  }
  throw Error(ErrorKind::kData,
              "the folder holds no pictures in class folders, and a table is a single file", place,
              "lay pictures out as FOLDER/CLASS/FILE, or name a file: `ls " +
                  ShellQuote(path.string()) + "` lists what is there");
}

FeatureType DeclaredType(const Json& declared, const std::string& column) {
  if (!declared.is_string()) {
    throw Error(ErrorKind::kRecipe, "the type of '" + column + "' must be a name",
                {.column = column},
                "name one of number, category, binary, date, text, picture, identifier");
  }
  return ParseFeatureType(declared.get<std::string>());
}

void RequireColumns(const RawTable& table, const Json& types) {
  for (const auto& [name, type] : types.items()) {
    if (std::find(table.names.begin(), table.names.end(), name) != table.names.end()) continue;
    const std::vector<std::string> near = NearestNames(name, table.names);
    throw Error(ErrorKind::kRecipe, "data.types names '" + name + "', which is no column",
                {.file = table.file},
                near.empty() ? "the columns are " + Join(table.names, ", ")
                             : "did you mean '" + Join(near, "' or '") + "'?");
  }
}

TypeGuess TypeOf(const RawTable& table, size_t i, const ColumnLook& look, const Json& types,
                 const fs::path& folder) {
  TypeGuess guess = InferType(table.names[i], look, folder);
  const auto declared = types.find(table.names[i]);
  if (table.columns[i]->type()->id() == arrow::Type::TIMESTAMP) {
    guess = {.type = FeatureType::kDate, .why = "stored as dates"};
  }
  if (declared == types.end()) return guess;
  const FeatureType type = DeclaredType(*declared, table.names[i]);
  if (type == guess.type) return guess;
  TypeGuess given{.type = type, .why = "as the recipe says", .style = look.style};
  given.date_format = look.date_format.empty() ? "%Y-%m-%d" : look.date_format;
  return given;
}

// Positions become record numbers; spellings of missing join.
Written WithRecords(Written written, const RawTable& table, size_t column) {
  for (WrittenCell& cell : written.cells) cell.row = table.rows[static_cast<size_t>(cell.row)];
  if (!table.missing.empty()) written.missing = table.missing[column].spellings();
  for (MissingSpelling& spelling : written.missing) {
    for (int64_t& row : spelling.rows) row = table.rows[static_cast<size_t>(row)];
  }
  return written;
}

}  // namespace

RawTable ReadRaw(const fs::path& path, const Json& settings) {
  RequireFile(path);
  const std::string file = path.string();
  std::string format = TextSetting(settings, "format");
  if (format == "parquet" || ((format.empty() || format == "auto") && IsParquet(path))) {
    return ReadParquetTable(path, settings);
  }
  SourceBytes source;
  try {
    source = ReadSource(path, TextSetting(settings, "encoding"));
  } catch (const Error&) {
    // A Parquet file under another name fails as text.
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored) || !HasParquetMarks(ReadFile(path))) throw;
    return ReadParquetTable(path, settings);
  }
  if (format == "json_lines" ||
      ((format.empty() || format == "auto") && LooksLikeJsonLines(source.text()))) {
    return ReadJsonLines(source, file, settings);
  }
  return ReadCsv(source, file, settings);
}

Assembled Assemble(const RawTable& table, const Json& types, const std::string& decimal) {
  EnsureArrow();
  const Json declared = types.is_object() ? types : Json::object();
  RequireColumns(table, declared);
  const size_t width = table.names.size();
  const fs::path folder = fs::path(table.file).parent_path();
  Assembled result;
  result.looks.resize(width);
  result.data.columns.resize(width);
  std::vector<ColumnPlan> plans(width);
  std::vector<Converted> converted(width);
  ParallelFor(static_cast<int64_t>(width), 1, [&](int64_t begin, int64_t) {
    const auto i = static_cast<size_t>(begin);
    result.looks[i] = LookAt(*table.columns[i], decimal);
    const TypeGuess guess =
        TypeOf(table, i, result.looks[i], declared, folder.empty() ? fs::path(".") : folder);
    plans[i] = {table.names[i], guess.type, guess.style, guess.date_format};
    converted[i] = ConvertColumn(*table.columns[i], plans[i]);
    Column& column = result.data.columns[i];
    column.name = table.names[i];
    column.type = guess.type;
    column.why = guess.why;
    column.date_format = guess.date_format;
  });
  IssueList issues = table.issues;
  auto written = std::make_shared<WrittenByColumn>();
  std::vector<std::pair<std::string, std::shared_ptr<arrow::Array>>> arrays;
  result.data.reading = table.reading;
  for (size_t i = 0; i < width; ++i) {
    NoteBadCells(table, plans[i], converted[i], &issues);
    arrays.emplace_back(table.names[i], converted[i].array);
    Written kept = WithRecords(std::move(converted[i].written), table, i);
    if (!kept.empty()) written->emplace(table.names[i], std::move(kept));
    if (plans[i].type == FeatureType::kNumber && !plans[i].style.plain()) {
      result.data.reading["number_styles"][table.names[i]] = NumberStyleText(plans[i].style);
    }
  }
  result.data.table = MakeTable(arrays);
  result.data.rows = table.rows;
  result.data.written = written;
  result.data.source = table.file;
  result.data.root = folder;
  result.data.issues = issues.Finish(table.file);
  return result;
}

void Retype(int column, FeatureType type, const std::string& why, Dataset* data) {
  Column& about = data->columns[static_cast<size_t>(column)];
  ColumnPlan plan{.name = about.name, .type = type, .date_format = about.date_format};
  plan.style = StyleOf(data->reading, about.name);
  const Converted converted = ConvertColumn(*data->table->column(column), plan);
  RawTable context;
  context.file = data->source.string();
  context.rows = data->rows;
  IssueList issues;
  NoteBadCells(context, plan, converted, &issues);
  for (ReadIssue& issue : issues.Finish(context.file)) data->issues.push_back(std::move(issue));
  about.type = type;
  about.why = why;
  *data = WithColumn(*data, column, converted.array);
}

NumberStyle StyleOf(const Json& reading, const std::string& column) {
  const auto styles = reading.find("number_styles");
  if (styles == reading.end() || !styles->contains(column)) return {};
  return ParseNumberStyle((*styles)[column].get<std::string>());
}

}  // namespace bottega

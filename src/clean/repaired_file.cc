#include "clean/repaired_file.h"

#include <arrow/array.h>
#include <arrow/compute/cast.h>
#include <arrow/table.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "base/files.h"
#include "base/text.h"
#include "data/arrow_support.h"
#include "data/assemble.h"
#include "data/infer/dates.h"
#include "data/io/csv_edit.h"
#include "data/io/csv_reader.h"
#include "data/io/json_edit.h"
#include "data/io/parquet.h"
#include "data/io/source_bytes.h"
#include "data/values.h"

namespace bottega {

namespace {

std::string FormatOf(const Dataset& data) {
  return data.reading.is_object() ? data.reading.value("format", "") : "";
}

// How missing is written where the recipe says which spellings mean it.
std::string MissingSpelling(const Json& reading) {
  if (!reading.contains("missing")) return "";
  const auto spellings = reading["missing"].get<std::vector<std::string>>();
  return spellings.empty() || std::ranges::count(spellings, "") > 0 ? "" : spellings[0];
}

// Cells of a column as the source would write them.
class Writer {
 public:
  Writer(const Dataset& original, const Dataset& repaired, int column)
      : array_(OneChunk(repaired.table->column(column))),
        about_(original.columns[static_cast<size_t>(column)]),
        comma_(StyleOf(original.reading, about_.name).decimal == ','),
        missing_(MissingSpelling(original.reading)) {}

  std::string operator()(int64_t position) const {
    const auto cell = TextOfCell(*array_, position);
    if (!cell) return missing_;
    if (comma_ && array_->type_id() == arrow::Type::DOUBLE) return Replace(*cell, ".", ",");
    if (array_->type_id() == arrow::Type::TIMESTAMP && !about_.date_format.empty()) {
      return FormatDate(static_cast<const arrow::TimestampArray&>(*array_).Value(position),
                        about_.date_format);
    }
    return *cell;
  }

 private:
  std::shared_ptr<arrow::Array> array_;
  const Column& about_;
  bool comma_;
  std::string missing_;
};

// Record numbers whose cell of a column may be written otherwise now.
using Touched = std::map<int, std::set<int64_t>>;

Touched TouchedCells(const Dataset& data, const RepairPlan& plan) {
  Touched touched;
  for (const Repair& repair : plan.repairs) {
    const bool cells =
        repair.action == RepairAction::kCell || repair.action == RepairAction::kRedact;
    if (!cells || !repair.apply) continue;
    touched[data.Find(repair.column)].insert(repair.rows.begin(), repair.rows.end());
  }
  return touched;
}

TextEdits EditsOf(const Dataset& original, const Dataset& repaired, const RepairPlan& plan) {
  TextEdits edits;
  std::set_difference(original.rows.begin(), original.rows.end(), repaired.rows.begin(),
                      repaired.rows.end(), std::back_inserter(edits.removed));
  std::unordered_map<int64_t, int64_t> position;
  for (int64_t i = 0; i < repaired.size(); ++i) {
    position.emplace(repaired.rows[static_cast<size_t>(i)], i);
  }
  for (const auto& [column, rows] : TouchedCells(original, plan)) {
    const Writer write(original, repaired, column);
    for (const int64_t row : rows) {
      const auto at = position.find(row);
      if (at != position.end()) edits.cells[row].emplace_back(column, write(at->second));
    }
  }
  return edits;
}

std::vector<std::string> NamesOf(const Dataset& data) {
  std::vector<std::string> names;
  for (const Column& column : data.columns) names.push_back(column.name);
  return names;
}

// The column of the stored table with the touched cells replaced, in its own type where they fit
// it.
std::shared_ptr<arrow::ChunkedArray> StoredColumn(
    const std::shared_ptr<arrow::ChunkedArray>& stored, const TextEdits& edits, int column) {
  const auto array = OneChunk(stored);
  std::vector<std::optional<std::string>> cells;
  for (int64_t i = 0; i < array->length(); ++i) cells.push_back(TextOfCell(*array, i));
  for (const auto& [row, changes] : edits.cells) {
    for (const auto& [c, text] : changes) {
      if (c != column) continue;
      auto& cell = cells[static_cast<size_t>(row)];
      cell = text;
      if (text.empty()) cell.reset();
    }
  }
  auto texts = TextArray(cells);
  const auto cast = arrow::compute::Cast(*texts, stored->type());
  return std::make_shared<arrow::ChunkedArray>(cast.ok() ? cast.ValueUnsafe() : texts);
}

void WriteStored(const std::filesystem::path& path, const Dataset& original,
                 const TextEdits& edits) {
  EnsureArrow();
  auto table = ReadParquet(original.source);
  std::set<int> touched;
  for (const auto& [row, changes] : edits.cells) {
    for (const auto& [column, text] : changes) touched.insert(column);
  }
  for (const int column : touched) {
    const std::string& name = original.columns[static_cast<size_t>(column)].name;
    const int at = table->schema()->GetFieldIndex(name);
    if (at < 0) continue;
    auto changed = StoredColumn(table->column(at), edits, column);
    table = ArrowValue(table->SetColumn(at, arrow::field(name, changed->type()), changed));
  }
  std::vector<std::shared_ptr<arrow::Table>> kept;  // what lies between rows that leave
  int64_t begin = 0;
  for (const int64_t row : edits.removed) {
    kept.push_back(table->Slice(begin, row - begin));
    begin = row + 1;
  }
  kept.push_back(table->Slice(begin));
  WriteParquet(path, *ArrowValue(arrow::ConcatenateTables(kept)));
}

}  // namespace

bool HasRepairedFile(const Dataset& original) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(original.source, ignored) &&
         FormatOf(original) != "idx" && !FormatOf(original).empty();
}

std::string RepairedFileName(const Dataset& original) {
  const std::filesystem::path name = original.source.filename();
  const std::string ending = LowerAscii(name.extension().string());
  return ending == ".gz" || ending == ".zst" ? name.stem().string() : name.string();
}

void WriteRepairedFile(const std::filesystem::path& path, const Dataset& original,
                       const Dataset& repaired, const RepairPlan& plan) {
  const TextEdits edits = EditsOf(original, repaired, plan);
  const std::string format = FormatOf(original);
  if (format == "parquet") return WriteStored(path, original, edits);
  const std::string file = original.source.string();
  const SourceBytes source =
      ReadSource(original.source, original.reading.value("encoding", std::string()));
  if (format == "json_lines") {
    WriteFileAtomic(path, EditJsonLines(source.text(), NamesOf(original), edits));
    return;
  }
  Json settings = Json::object();
  for (const char* key : {"format", "delimiter", "header"}) {
    if (original.reading.contains(key)) settings[key] = original.reading[key];
  }
  WriteFileAtomic(path, EditCsv(source.text(), CsvDialect(source.text(), file, settings), edits));
}

}  // namespace bottega

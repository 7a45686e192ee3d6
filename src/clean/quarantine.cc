#include <arrow/table.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/files.h"
#include "clean/lawful_rows.h"
#include "clean/repairs.h"
#include "data/arrow_support.h"
#include "data/io/csv_writer.h"
#include "data/values.h"

namespace bottega {

namespace {

// One line for each row that was set aside, in the order of record numbers.
std::string RowsCsv(const Dataset& data, const std::map<int64_t, const Repair*>& out,
                    const std::unordered_map<int64_t, int64_t>& position) {
  std::string csv = "row,repair,reason";
  for (const Column& column : data.columns) csv += "," + CsvCell(column.name);
  csv += "\n";
  std::vector<std::shared_ptr<arrow::Array>> cells;
  for (const auto& column : data.table->columns()) cells.push_back(OneChunk(column));
  for (const auto& [row, repair] : out) {
    csv += std::to_string(row) + "," + CsvCell(repair->repair) + "," + CsvCell(repair->reason);
    for (const auto& column : cells) {
      const auto text = TextOfCell(*column, position.at(row));
      csv += "," + (text ? CsvCell(*text) : "");
    }
    csv += "\n";
  }
  return csv;
}

std::string CellsCsv(const RepairPlan& plan) {
  std::string lines;
  for (const Repair& repair : plan.repairs) {
    if (repair.action != RepairAction::kCell || repair.after) continue;
    for (int64_t row : repair.rows) {
      lines += std::to_string(row) + "," + CsvCell(repair.column) + "," +
               CsvCell(repair.before.value_or("")) + "," + CsvCell(repair.repair) + "," +
               CsvCell(repair.reason) + "\n";
    }
  }
  return lines.empty() ? "" : "row,column,cell,repair,reason\n" + lines;
}

std::string Pictures(const Dataset& data, const std::map<int64_t, const Repair*>& out,
                     const std::unordered_map<int64_t, int64_t>& position) {
  std::string lines;
  for (size_t c = 0; c < data.columns.size(); ++c) {
    if (data.columns[c].type != FeatureType::kPicture) continue;
    const auto cells = OneChunk(data.table->column(static_cast<int>(c)));
    for (const auto& [row, repair] : out) {
      if (const auto path = TextOfCell(*cells, position.at(row))) lines += *path + "\n";
    }
  }
  return lines;
}

}  // namespace

int64_t WriteQuarantine(const std::filesystem::path& folder, const Dataset& original,
                        const RepairPlan& plan) {
  std::map<int64_t, const Repair*> out;
  for (const Repair& repair : plan.repairs) {
    if (repair.action != RepairAction::kSetAside || repair.reason == kForgotten) continue;
    for (int64_t row : repair.rows) out.emplace(row, &repair);
  }
  std::unordered_map<int64_t, int64_t> position;
  for (int64_t i = 0; i < original.size(); ++i) {
    position.emplace(original.rows[static_cast<size_t>(i)], i);
  }
  std::erase_if(out, [&](const auto& item) { return !position.contains(item.first); });
  const auto write = [&](const char* name, const std::string& text) {
    if (!text.empty()) WriteFileAtomic(folder / name, text);
  };
  if (!out.empty()) write("rows.csv", RowsCsv(original, out, position));
  write("cells.csv", CellsCsv(plan));
  write("pictures.txt", Pictures(original, out, position));
  return static_cast<int64_t>(out.size());
}

}  // namespace bottega

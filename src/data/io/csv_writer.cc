#include "data/io/csv_writer.h"

#include <arrow/array.h>
#include <arrow/chunked_array.h>
#include <arrow/table.h>

#include "base/files.h"
#include "data/arrow_support.h"
#include "data/values.h"

namespace bottega {

std::string CsvCell(std::string_view text, const CsvFormat& format) {
  const bool quoted = text == format.missing || text.find(format.delimiter) != text.npos ||
                      text.find_first_of("\"\r\n") != text.npos;
  if (!quoted) return std::string(text);
  std::string cell = "\"";
  for (const char c : text) {
    if (c == '"') cell += '"';
    cell += c;
  }
  return cell + "\"";
}

std::string CsvText(const arrow::Table& table, const CsvFormat& format) {
  std::string text;
  const int width = table.num_columns();
  if (format.header) {
    for (int i = 0; i < width; ++i) {
      if (i > 0) text += format.delimiter;
      text += CsvCell(table.field(i)->name(), format);
    }
    text += '\n';
  }
  std::vector<std::shared_ptr<arrow::Array>> columns;
  for (int i = 0; i < width; ++i) columns.push_back(OneChunk(table.column(i)));
  for (int64_t row = 0; row < table.num_rows(); ++row) {
    const size_t line_start = text.size();
    for (int i = 0; i < width; ++i) {
      if (i > 0) text += format.delimiter;
      const arrow::Array& column = *columns[static_cast<size_t>(i)];
      const std::optional<std::string> cell = TextOfCell(column, row);
      if (!cell) {
        text += format.missing;
      } else if (column.type_id() == arrow::Type::STRING) {
        text += CsvCell(*cell, format);
      } else {
        text += *cell;
      }
    }
    // An empty line would be skipped by readers: a single missing cell is written as "".
    if (text.size() == line_start) text += "\"\"";
    text += '\n';
  }
  return text;
}

void WriteCsv(const std::filesystem::path& path, const arrow::Table& table,
              const CsvFormat& format) {
  WriteFileAtomic(path, CsvText(table, format));
}

}  // namespace bottega

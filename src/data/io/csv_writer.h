// CSV files for people and their programs: what `clean` and `predict` write.
#pragma once

#include <filesystem>
#include <string>

#include "data/dataset.h"

namespace bottega {

struct CsvFormat {
  char delimiter = ',';
  bool header = true;
  std::string missing;  // how a missing cell is written
};

// One record a row, UTF-8 without BOM, "\n" at line ends, quotes only where a cell needs them
// (RFC 4180). A text that equals format.missing is quoted too, to tell it from a missing cell.
// Numbers are the shortest text that reads back as the same double; dates ISO 8601.
std::string CsvText(const arrow::Table& table, const CsvFormat& format = {});

// CsvText through WriteFileAtomic. Error kIo when writing fails.
void WriteCsv(const std::filesystem::path& path, const arrow::Table& table,
              const CsvFormat& format = {});

// `text` as one CSV cell, quoted if it needs to be.
std::string CsvCell(std::string_view text, const CsvFormat& format = {});

}  // namespace bottega

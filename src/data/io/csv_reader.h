// Delimited text (CSV, TSV, ...) as a RawTable, split into cells by Arrow's CSV parser.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "data/io/dialect.h"
#include "data/io/raw_table.h"
#include "data/io/source_bytes.h"

namespace bottega {

// `settings`: the reading keys of the recipe's data section (delimiter, header, missing); absent or
// null ones are detected. Quoted cells may hold delimiters, doubled quotes and line ends.
//
// A record with another number of cells than the table has columns is set aside with an issue
// "ragged_row" that names its line; lines before the table with "preamble". Errors kData: more than
// half of the records are ragged, only a header, a quote that is opened and never closed.
// Works on blocks of about 1 MB in parallel; memory: the text and its cells once.
RawTable ReadCsv(const SourceBytes& source, const std::string& file, const Json& settings);

// The steps of ReadCsv, for sources that are read piece by piece. The beginning of a text is enough
// for its dialect; `width` is that of the line of names where there is one.
Dialect CsvDialect(std::string_view text, const std::string& file, const Json& settings);
std::vector<std::string> CsvNames(const Dialect& dialect, const std::string& file,
                                  IssueList* issues);
// RawTable::reading.
Json CsvReading(const Dialect& dialect, const std::string& encoding, const std::string& compression,
                const Json& settings);
// Error kData when more records of a text were set aside as ragged than are `rows`.
void RejectMostlyRagged(const IssueList& issues, int64_t rows, size_t width,
                        const std::string& file);
// Appends the records of `text` from byte `begin` on, the first on line dialect.body_line, to a
// table whose `file` is set; records are numbered from 0.
void ReadCsvRecords(const std::shared_ptr<arrow::Buffer>& text, size_t begin,
                    const Dialect& dialect, const Json& settings, RawTable* table);

}  // namespace bottega

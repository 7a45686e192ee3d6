// Delimited text (CSV, TSV, ...) as a RawTable, split into cells by Arrow's CSV parser.
#pragma once

#include <filesystem>
#include <string>

#include "base/json.h"
#include "data/io/dialect.h"
#include "data/io/raw_table.h"
#include "data/io/source_bytes.h"

namespace bottega {

// How `source` is written, as far as `settings` do not say.
Dialect DialectOf(const SourceBytes& source, const std::string& file, const Json& settings);

// `settings`: the reading keys of the recipe's data section (delimiter, header, missing); absent or
// null ones are detected. Quoted cells may hold delimiters, doubled quotes and line ends.
//
// A record with another number of cells than the table has columns is set aside with an issue
// "ragged_row" that names its line; lines before the table with "preamble". Errors kData: more than
// half of the records are ragged, only a header, a quote that is opened and never closed.
// Works on blocks of about 1 MB in parallel; memory: the text and its cells once.
RawTable ReadCsv(const SourceBytes& source, const std::string& file, const Json& settings);

}  // namespace bottega

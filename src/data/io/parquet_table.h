// A Parquet file of the user's as a RawTable.
#pragma once

#include <arrow/type_fwd.h>

#include <filesystem>
#include <memory>
#include <string>

#include "base/json.h"
#include "data/io/raw_table.h"

namespace bottega {

// Integers (up to 2^53 in size), floats and decimals become float64; larger integers, booleans
// ("true", "false"), texts, dictionaries and nested values utf8; dates and timestamps
// timestamp[us]. Structs become "outer.inner" columns.
RawTable ReadParquetTable(const std::filesystem::path& path, const Json& settings);

// The same of a table, or a part of one, that was read from `file`; rows are numbered from 0. Error
// kData when there are none.
RawTable RawTableOf(std::shared_ptr<arrow::Table> stored, const std::string& file,
                    const Json& settings);

}  // namespace bottega

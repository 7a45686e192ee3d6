// Parquet files as plain tables: what split.parquet, predictions.parquet and findings.parquet use.
#pragma once

#include <arrow/type_fwd.h>

#include <filesystem>
#include <memory>

namespace bottega {

// Atomic (see WriteFileAtomic); zstd-compressed, row groups of 256k rows. The same table gives the
// same bytes. Error kIo when writing fails.
void WriteParquet(const std::filesystem::path& path, const arrow::Table& table);

// The table with the types it was stored with, every column one chunk. Errors: kMissing when there
// is no such file, kData with the place when it is no Parquet file or damaged.
std::shared_ptr<arrow::Table> ReadParquet(const std::filesystem::path& path);

}  // namespace bottega

#include "data/io/parquet.h"

#include <arrow/io/file.h>
#include <arrow/table.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/writer.h>
#include <parquet/exception.h>

#include <cerrno>

#include "base/files.h"
#include "data/arrow_support.h"

namespace bottega {
namespace fs = std::filesystem;
namespace {

Error Damaged(const fs::path& path, const std::string& why) {
  return Error(
      ErrorKind::kData, "this is no readable Parquet file: " + why, {.file = path.string()},
      "write it again with the program that made it; a copy that was cut short has no end mark");
}

}  // namespace

void WriteParquet(const fs::path& path, const arrow::Table& table) {
  AtomicFile file(path);
  const Place place{.file = path.string()};
  auto out = ArrowValue(arrow::io::FileOutputStream::Open(file.temporary_path().string()),
                        ErrorKind::kIo, place);
  const auto properties = parquet::WriterProperties::Builder()
                              .compression(parquet::Compression::ZSTD)
                              ->compression_level(3)
                              ->created_by("bottega")
                              ->build();
  const auto arrow_properties = parquet::ArrowWriterProperties::Builder().store_schema()->build();
  arrow::Status written = parquet::arrow::WriteTable(table, arrow::default_memory_pool(), out,
                                                     256 * 1024, properties, arrow_properties);
  if (written.ok()) written = out->Close();
  // Arrow does not say that the disk is full.
  std::error_code ignored;
  const fs::path folder = file.temporary_path().parent_path();
  if (!written.ok() && fs::space(folder, ignored).available < 4096) {
    throw IoError("writing", path.string(), ENOSPC);
  }
  CheckArrow(written, ErrorKind::kIo, place);
  file.Commit();
}

std::shared_ptr<arrow::Table> ReadParquet(const fs::path& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    throw Error(ErrorKind::kMissing, "there is no such file", {.file = path.string()});
  }
  auto in = ArrowValue(arrow::io::ReadableFile::Open(path.string()), ErrorKind::kIo,
                       {.file = path.string()});
  try {
    parquet::arrow::FileReaderBuilder builder;
    arrow::Status status = builder.Open(in);
    if (!status.ok()) throw Damaged(path, status.message());
    std::unique_ptr<parquet::arrow::FileReader> reader;
    status = builder.Build(&reader);
    if (!status.ok()) throw Damaged(path, status.message());
    reader->set_use_threads(true);
    auto table = reader->ReadTable();
    if (!table.ok()) throw Damaged(path, table.status().message());
    return ArrowValue((*table)->CombineChunks(), ErrorKind::kData, {.file = path.string()});
  } catch (const parquet::ParquetException& e) {
    throw Damaged(path, e.what());
  }
}

}  // namespace bottega

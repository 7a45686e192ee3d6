// Any bytes as a Parquet file, whole and piece by piece: an Error or a table, never anything else.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/error.h"
#include "base/files.h"
#include "data/assemble.h"
#include "data/io/parquet_table.h"
#include "data/io/table_stream.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const bottega::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "f.parquet";
  bottega::WriteFileAtomic(file, {reinterpret_cast<const char*>(data), size});
  try {
    const bottega::RawTable table = bottega::ReadParquetTable(file, bottega::Json::object());
    bottega::Assemble(table, bottega::Json::object(), "auto");
  } catch (const bottega::Error&) {
  }
  try {
    const auto stream = bottega::OpenTableStream(file, bottega::Json::object());
    while (stream->Next()) {
    }
  } catch (const bottega::Error&) {
  }
  return 0;
}

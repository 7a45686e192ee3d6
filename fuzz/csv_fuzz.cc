// Delimited text from any bytes: an Error or a table, never anything else.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/error.h"
#include "data/assemble.h"
#include "data/io/csv_reader.h"
#include "data/io/source_bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  try {
    const bottega::SourceBytes source =
        bottega::ReadSourceBytes(std::string(reinterpret_cast<const char*>(data), size), "f.csv");
    const bottega::RawTable table = bottega::ReadCsv(source, "f.csv", bottega::Json::object());
    bottega::Assemble(table, bottega::Json::object(), "auto");
  } catch (const bottega::Error&) {
  }
  return 0;
}

// Delimited text under any settings of the data section, whole and piece by piece: an Error or the
// same table both ways, never anything else. The first bytes choose the settings.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/error.h"
#include "base/files.h"
#include "data/assemble.h"
#include "data/io/csv_reader.h"
#include "data/io/source_bytes.h"
#include "data/io/table_stream.h"

namespace {

template <size_t N>
bottega::Json Choose(const char* const (&choices)[N], uint8_t byte) {
  const char* choice = choices[byte % N];
  return choice == nullptr ? bottega::Json() : bottega::Json(choice);
}

bottega::Json SettingsOf(const uint8_t* bytes) {
  static constexpr const char* kDelimiters[] = {nullptr, ",", ";", "tab", "|", "none", " ", "x"};
  static constexpr const char* kEncodings[] = {nullptr, "utf-8", "windows-1252", "utf-16", "big5"};
  static constexpr const char* kDecimals[] = {"auto", "point", "comma"};
  static constexpr const char* kFormats[] = {nullptr, "csv", "tsv"};
  bottega::Json settings = {{"delimiter", Choose(kDelimiters, bytes[0])},
                            {"encoding", Choose(kEncodings, bytes[1])},
                            {"decimal", Choose(kDecimals, bytes[2])},
                            {"format", Choose(kFormats, bytes[2] / 3)}};
  if (bytes[3] % 3 < 2) settings["header"] = bytes[3] % 3 == 0;
  if (bytes[3] & 64)
    settings["missing"] = {"-", "n.a.", std::string(1, static_cast<char>(bytes[3]))};
  return settings;
}

// Rows of the table, or -1 where it is an Error.
int64_t RowsWhole(const std::string& text, const bottega::Json& settings) {
  try {
    const std::string encoding =
        settings["encoding"].is_null() ? "" : settings["encoding"].get<std::string>();
    const bottega::SourceBytes source = bottega::ReadSourceBytes(text, "f.csv", encoding);
    const bottega::RawTable table = bottega::ReadCsv(source, "f.csv", settings);
    bottega::Assemble(table, bottega::Json::object(), settings["decimal"].get<std::string>());
    return static_cast<int64_t>(table.rows.size());
  } catch (const bottega::Error&) {
    return -1;
  }
}

int64_t RowsByPiece(const std::string& text, const bottega::Json& settings) {
  static const bottega::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "f.csv";
  bottega::WriteFileAtomic(file, text);
  try {
    const auto stream = bottega::OpenTableStream(file, settings);
    int64_t rows = 0;
    while (const auto batch = stream->Next()) rows += static_cast<int64_t>(batch->rows.size());
    return rows;
  } catch (const bottega::Error&) {
    return -1;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 5) return 0;
  const bottega::Json settings = SettingsOf(data);
  const std::string text(reinterpret_cast<const char*>(data + 4), size - 4);
  const int64_t whole = RowsWhole(text, settings), pieces = RowsByPiece(text, settings);
  // JSON Lines and archives are told apart by content; wide encodings are not read by piece.
  if (pieces >= 0 && whole >= 0 && pieces != whole && !text.starts_with('{')) std::abort();
  return 0;
}

#include "clean/forget/blot.h"

#include <arrow/array.h>
#include <arrow/compute/api.h>
#include <arrow/table.h>
#include <arrow/util/key_value_metadata.h>

#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "base/json.h"
#include "base/text.h"
#include "data/arrow_support.h"
#include "data/io/parquet.h"
#include "data/io/source_bytes.h"
#include "data/values.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kParquet = "PAR1";

int64_t Count(std::string_view bytes, const ValueFinder& finder) {
  return static_cast<int64_t>(finder.FindAll(bytes).size());
}

int64_t CountUnpacked(std::string_view bytes, const fs::path& file, const ValueFinder& finder) {
  const std::string_view packing = CompressionOf(bytes);
  if (packing == "none") return Count(bytes, finder);
  return Count(bytes, finder) + Count(Unpack(bytes, packing, file.string()), finder);
}

// Cells of any type as texts; nullptr where there is no such cast.
std::shared_ptr<arrow::Array> AsTexts(const std::shared_ptr<arrow::ChunkedArray>& column) {
  const auto array = OneChunk(column);
  const auto id = array->type_id();
  if (id == arrow::Type::STRING || id == arrow::Type::DOUBLE) return array;  // TextOfCell reads it
  const auto cast = arrow::compute::Cast(*array, arrow::utf8());
  return cast.ok() ? *cast : nullptr;
}

// Record numbers, which files join on and groups are named by: one may look like a value, and
// names nobody.
bool NumbersRecords(const arrow::Table& table, int c) {
  const std::string& name = table.field(c)->name();
  const bool joins = name == "row" || (name == "group" && table.GetColumnByName("row") != nullptr);
  return joins && table.field(c)->type()->id() == arrow::Type::INT64;
}

int64_t CountInTable(const arrow::Table& table, const ValueFinder& finder) {
  int64_t count = 0;
  for (int c = 0; c < table.num_columns(); ++c) {
    if (NumbersRecords(table, c)) continue;
    const auto texts = AsTexts(table.column(c));
    for (int64_t i = 0; texts != nullptr && i < texts->length(); ++i) {
      if (const auto text = TextOfCell(*texts, i)) count += Count(*text, finder);
    }
  }
  return count;
}

// The column with values blotted out; nullptr where it holds none.
std::shared_ptr<arrow::ChunkedArray> BlottedColumn(
    const std::shared_ptr<arrow::ChunkedArray>& column, const ValueFinder& finder, int64_t* count) {
  const auto texts = AsTexts(column);
  if (texts == nullptr) return nullptr;
  const bool is_text = column->type()->id() == arrow::Type::STRING ||
                       column->type()->id() == arrow::Type::DICTIONARY;
  const int64_t before = *count;
  std::vector<std::optional<std::string>> cells;
  for (int64_t i = 0; i < texts->length(); ++i) {
    auto text = TextOfCell(*texts, i);
    if (text && finder.Occurs(*text)) {
      const std::string blotted = finder.Blot(*text, count);
      text = is_text ? std::optional(blotted) : std::nullopt;
    }
    cells.push_back(std::move(text));
  }
  if (*count == before) return nullptr;
  return std::make_shared<arrow::ChunkedArray>(
      ArrowValue(arrow::compute::Cast(*TextArray(cells), column->type())));
}

Blotted BlotParquet(const fs::path& file, const ValueFinder& finder, const fs::path& to,
                    int64_t* count) {
  EnsureArrow();
  auto table = ReadParquet(file);
  const int64_t before = *count;
  for (int c = 0; c < table->num_columns(); ++c) {
    if (NumbersRecords(*table, c)) continue;
    const auto column = BlottedColumn(table->column(c), finder, count);
    if (column) table = ArrowValue(table->SetColumn(c, table->field(c), column));
  }
  if (const auto metadata = table->schema()->metadata()) {
    std::vector<std::string> values;
    for (const std::string& value : metadata->values()) values.push_back(finder.Blot(value, count));
    table = table->ReplaceSchemaMetadata(arrow::key_value_metadata(metadata->keys(), values));
  }
  if (*count == before) return Blotted::kNothing;
  WriteParquet(to, *table);
  return Blotted::kWritten;
}

void BlotJson(const ValueFinder& finder, JsonNumbers numbers, Json* json, int64_t* count) {
  if (json->is_string()) {
    *json = finder.Blot(json->get_ref<const std::string&>(), count);
  } else if (json->is_number() && numbers == JsonNumbers::kLookAt) {
    int64_t found = 0;
    finder.Blot(json->dump(), &found);
    if (found > 0) *json = nullptr;
    *count += found;
  } else if (json->is_array()) {
    for (Json& item : *json) BlotJson(finder, numbers, &item, count);
  } else if (json->is_object()) {
    Json out = Json::object();
    for (auto& [key, value] : json->items()) {
      BlotJson(finder, numbers, &value, count);
      out[finder.Blot(key, count)] = std::move(value);
    }
    *json = std::move(out);
  }
}

std::optional<Json> AsJson(const fs::path& file, const std::string& bytes) {
  if (LowerAscii(file.extension().string()) != ".json") return std::nullopt;
  try {
    return ParseJson(bytes, file.string());
  } catch (const Error&) {
    return std::nullopt;
  }
}

// The JSON text at the beginning of a safetensors file, after its length; the rest is numbers.
std::string_view SafetensorsHeader(std::string_view bytes) {
  uint64_t length = 0;
  for (size_t byte = 0; byte < 8 && byte < bytes.size(); ++byte) {
    length |= static_cast<uint64_t>(static_cast<unsigned char>(bytes[byte])) << (8 * byte);
  }
  return bytes.size() < 8 ? bytes : bytes.substr(8, std::min<uint64_t>(length, bytes.size() - 8));
}

bool IsSafetensors(const fs::path& file) { return file.extension() == ".safetensors"; }

bool IsText(std::string_view bytes) {
  return bytes.find('\0') == std::string_view::npos && FirstInvalidUtf8(bytes) < 0;
}

// A list of paths, one a line: those that are a value's leave.
std::string WithoutLines(const std::string& bytes, const ValueFinder& finder, int64_t* count) {
  std::string out;
  for (size_t at = 0; at < bytes.size();) {
    const size_t end = std::min(bytes.find('\n', at), bytes.size() - 1) + 1;
    const std::string line = bytes.substr(at, end - at);
    if (finder.Occurs(line)) {
      ++*count;
    } else {
      out += line;
    }
    at = end;
  }
  return out;
}

}  // namespace

int64_t ValuesIn(const fs::path& file, const ValueFinder& finder, JsonNumbers numbers) {
  if (finder.empty()) return 0;
  const std::string bytes = ReadFile(file);
  if (IsSafetensors(file)) return Count(SafetensorsHeader(bytes), finder);
  if (numbers == JsonNumbers::kLeave) {
    if (auto json = AsJson(file, bytes)) {
      int64_t count = 0;
      BlotJson(finder, numbers, &*json, &count);
      return count;
    }
  }
  const int64_t count = CountUnpacked(bytes, file, finder);
  if (!bytes.starts_with(kParquet)) return count;
  EnsureArrow();
  return count + CountInTable(*ReadParquet(file), finder);
}

int64_t ValuesRestored(const Version& version, const ValueFinder& finder) {
  if (finder.empty() || version.file.empty()) return 0;
  const std::string source = RestoreSource(version);
  if (!source.starts_with(kParquet)) return CountUnpacked(source, version.source, finder);
  const TemporaryFolder folder;
  WriteFileAtomic(folder.path() / "source.parquet", source);
  return ValuesIn(folder.path() / "source.parquet", finder);
}

Blotted BlotFile(const fs::path& file, const ValueFinder& finder, const fs::path& to,
                 int64_t* count, JsonNumbers numbers) {
  const std::string bytes = ReadFile(file);
  if (bytes.starts_with(kParquet)) return BlotParquet(file, finder, to, count);
  if (ValuesIn(file, finder, numbers) == 0) return Blotted::kNothing;
  if (auto json = AsJson(file, bytes)) {
    BlotJson(finder, numbers, &*json, count);
    WriteJson(to, *json);
  } else if (IsSafetensors(file)) {
    const std::string_view header = SafetensorsHeader(bytes);
    std::string out = bytes;
    out.replace(static_cast<size_t>(header.data() - bytes.data()), header.size(),
                finder.Overwrite(header, count));
    WriteFileAtomic(to, out);
  } else if (!IsText(bytes)) {
    return Blotted::kCannot;
  } else if (file.extension() == ".txt") {
    WriteFileAtomic(to, WithoutLines(bytes, finder, count));
  } else {
    WriteFileAtomic(to, finder.Blot(bytes, count));
  }
  return ValuesIn(to, finder, numbers) == 0 ? Blotted::kWritten : Blotted::kCannot;
}

void WriteWithoutLines(const fs::path& file, const ValueFinder& finder, const fs::path& to) {
  int64_t ignored = 0;
  WriteFileAtomic(to, WithoutLines(ReadFile(file), finder, &ignored));
}

}  // namespace bottega

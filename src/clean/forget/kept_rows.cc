#include "clean/forget/kept_rows.h"

#include <arrow/array.h>
#include <arrow/table.h>

#include <algorithm>

#include "base/error.h"
#include "base/files.h"
#include "base/safetensors_header.h"
#include "base/text.h"
#include "data/arrow_support.h"
#include "data/io/parquet.h"
#include "run/row_files.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

// Entries of kept_rows.parquet whose record is gone.
std::vector<size_t> GoneEntries(const fs::path& file, const RowChange& change) {
  const auto column = ReadParquet(file)->GetColumnByName("row");
  std::vector<size_t> gone;
  if (column == nullptr || column->type()->id() != arrow::Type::INT64) return gone;
  const auto rows = std::static_pointer_cast<arrow::Int64Array>(OneChunk(column));
  for (int64_t i = 0; i < rows->length(); ++i) {
    if (change.Gone(rows->Value(i))) gone.push_back(static_cast<size_t>(i));
  }
  return gone;
}

// `data`, entries of `size` bytes, without those that are gone.
std::string EntriesLeft(std::string_view data, size_t size, const std::vector<size_t>& gone) {
  std::string left;
  size_t from = 0;
  for (const size_t entry : gone) {
    left += data.substr(from * size, (entry - from) * size);
    from = entry + 1;
  }
  return left += data.substr(from * size);
}

}  // namespace

std::string SafetensorsWithout(const std::string& bytes, const std::vector<size_t>& gone,
                               const std::string& file) {
  const SafetensorsHeader old = ParseSafetensorsHeader(bytes, bytes.size(), file);
  SafetensorsHeader header{.metadata = old.metadata};
  const auto named = old.metadata.find(kKeptRowsTensors);
  const auto by_row =
      named == old.metadata.end() ? std::vector<std::string>() : Split(named->second, ' ');
  std::map<std::string, std::string> data;
  for (TensorEntry entry : old.tensors) {
    std::string_view held(bytes);
    held = held.substr(old.data_start + entry.begin, entry.end - entry.begin);
    if (std::ranges::find(by_row, entry.name) == by_row.end()) {
      data[entry.name] = held;
    } else {
      const auto rows = entry.shape.empty() ? 0 : static_cast<size_t>(entry.shape[0]);
      if (!gone.empty() && gone.back() >= rows) {
        throw Error(ErrorKind::kData, "'" + entry.name + "' has fewer rows than its list",
                    {.file = file}, "`bottega forget --retrain` makes the model anew");
      }
      data[entry.name] = EntriesLeft(held, rows == 0 ? 0 : held.size() / rows, gone);
      entry.shape[0] -= static_cast<int64_t>(gone.size());
    }
    header.tensors.push_back({.name = entry.name, .dtype = entry.dtype, .shape = entry.shape});
  }
  std::string out = MakeSafetensorsHeader(&header);
  for (const TensorEntry& entry : header.tensors) out += data[entry.name];
  return out;
}

void StageKeptRows(const fs::path& project, const RunFolder& run,
                   const std::vector<fs::path>& files, const RowChange& change, Staging* staging) {
  for (const fs::path& inside : files) {
    if (inside.filename() != kKeptRows) continue;
    const std::vector<size_t> gone = GoneEntries(run.path() / inside, change);
    if (gone.empty()) continue;
    const fs::path weights = run.path() / inside.parent_path() / "model.safetensors";
    const fs::path staged = staging->Fresh("model.safetensors");
    WriteFileAtomic(staged, SafetensorsWithout(ReadFile(weights), gone, weights.string()));
    staging->Replace(weights.lexically_relative(project), staged,
                     FormatCount(static_cast<int64_t>(gone.size())) + " kept rows taken out");
  }
}

}  // namespace bottega

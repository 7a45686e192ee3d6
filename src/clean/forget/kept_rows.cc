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

Error Unusable(const std::string& what, const std::string& file) {
  return Error(ErrorKind::kData, what, {.file = file},
               "`bottega forget --retrain` makes the model anew");
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

// The tensors of `header` that are by row.
std::vector<std::string> ByRow(const SafetensorsHeader& header, const std::string& file) {
  const auto named = header.metadata.find(kKeptRowsTensors);
  if (named == header.metadata.end()) {
    throw Unusable(std::string("its metadata do not say which tensors hold the rows of ") +
                       kKeptRows + " ('" + kKeptRowsTensors + "')",
                   file);
  }
  std::vector<std::string> names = Split(named->second, ' ');
  for (const std::string& name : names) {
    if (std::ranges::find(header.tensors, name, &TensorEntry::name) == header.tensors.end()) {
      throw Unusable("there is no tensor '" + name + "' that its metadata name", file);
    }
  }
  return names;
}

void RequireEntries(const TensorEntry& entry, size_t length, const std::string& file) {
  const int64_t rows = entry.shape.empty() ? 0 : entry.shape[0];
  if (rows == static_cast<int64_t>(length)) return;
  throw Unusable("'" + entry.name + "' has " + FormatCount(rows) + " rows, and " + kKeptRows +
                     " lists " + FormatCount(static_cast<int64_t>(length)),
                 file);
}

}  // namespace

KeptList ReadKeptList(const fs::path& file, const RowChange& change) {
  EnsureArrow();
  const auto column = ReadParquet(file)->GetColumnByName("row");
  if (column == nullptr || column->type()->id() != arrow::Type::INT64) {
    throw Unusable("there is no column 'row' of whole numbers", file.string());
  }
  if (column->null_count() > 0) throw Unusable("a cell of 'row' is empty", file.string());
  const auto rows = std::static_pointer_cast<arrow::Int64Array>(OneChunk(column));
  KeptList list{.length = static_cast<size_t>(rows->length())};
  for (size_t i = 0; i < list.length; ++i) {
    if (change.Gone(rows->Value(static_cast<int64_t>(i)))) list.gone.push_back(i);
  }
  return list;
}

std::string SafetensorsWithout(const std::string& bytes, const KeptList& list,
                               const std::string& file) {
  const SafetensorsHeader old = ParseSafetensorsHeader(bytes, bytes.size(), file);
  const std::vector<std::string> by_row = ByRow(old, file);
  SafetensorsHeader header{.metadata = old.metadata};
  std::map<std::string, std::string> data;
  for (TensorEntry entry : old.tensors) {
    std::string_view held(bytes);
    held = held.substr(old.data_start + entry.begin, entry.end - entry.begin);
    if (std::ranges::find(by_row, entry.name) == by_row.end()) {
      data[entry.name] = held;
    } else {
      RequireEntries(entry, list.length, file);
      const size_t size = list.length == 0 ? 0 : held.size() / list.length;
      data[entry.name] = EntriesLeft(held, size, list.gone);
      entry.shape[0] -= static_cast<int64_t>(list.gone.size());
    }
    header.tensors.push_back({.name = entry.name, .dtype = entry.dtype, .shape = entry.shape});
  }
  std::string out = MakeSafetensorsHeader(&header);
  for (const TensorEntry& entry : header.tensors) out += data[entry.name];
  return out;
}

void StageKeptRows(const fs::path& project, const RunFolder& run,
                   const std::vector<fs::path>& files, const RowChange& change, Staging* staging) {
  if (change.empty()) return;
  for (const fs::path& inside : files) {
    if (inside.filename() != kKeptRows) continue;
    const KeptList list = ReadKeptList(run.path() / inside, change);
    if (list.gone.empty()) continue;
    const fs::path weights = run.path() / inside.parent_path() / "model.safetensors";
    const fs::path staged = staging->Fresh("model.safetensors");
    WriteFileAtomic(staged, SafetensorsWithout(ReadFile(weights), list, weights.string()));
    staging->Replace(weights.lexically_relative(project), staged,
                     FormatCount(static_cast<int64_t>(list.gone.size())) + " kept rows taken out");
  }
}

}  // namespace bottega

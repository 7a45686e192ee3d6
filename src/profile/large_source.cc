#include "profile/large_source.h"

#include <arrow/array.h>
#include <arrow/chunked_array.h>
#include <arrow/util/byte_size.h>

#include <algorithm>
#include <functional>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "base/text.h"
#include "data/arrow_support.h"
#include "data/assemble.h"
#include "data/io/folder.h"
#include "data/io/idx.h"
#include "data/io/row_sample.h"
#include "data/text_setting.h"

namespace bottega {
namespace fs = std::filesystem;
namespace {

// Bytes read at once; about ten times as many are held. A sample is for where memory is short.
constexpr size_t kQuickPiece = size_t{32} << 20, kSmallPiece = size_t{4} << 20;
constexpr int64_t kFewestSampled = 1000;
constexpr int64_t kArchiveRatio = 5;  // text to its archive, usually

// Types and roles as the first batch shows them.
Dataset FirstLook(const RawBatch& batch, const TableStream& stream, const fs::path& source,
                  const Json& section) {
  RawTable table;
  table.file = source.string();
  table.names = stream.names();
  table.reading = stream.reading();
  table.rows = batch.rows;
  for (const auto& column : batch.columns) {
    table.columns.push_back(std::make_shared<arrow::ChunkedArray>(column));
  }
  try {
    return OpenSample(table, section, source);
  } catch (const Error& error) {
    // The target may have no value up to here.
    if (error.kind() != ErrorKind::kData) throw;
    return Assemble(table, Json::object(), "auto").data;
  }
}

}  // namespace

bool IsLargeTable(const fs::path& source, const Json& section, int64_t bytes) {
  const std::string format = TextSetting(section, "format");
  std::error_code error;
  if (!fs::is_regular_file(source, error) || format == "pictures" || format == "idx") return false;
  const auto size = static_cast<int64_t>(fs::file_size(source, error));
  if (error || size * kArchiveRatio <= bytes) return false;
  const std::string name = LowerAscii(source.filename().string());
  const bool packed = name.ends_with(".gz") || name.ends_with(".zst") ||
                      name.ends_with(".parquet") || name.ends_with(".pq");
  return (packed ? size * kArchiveRatio : size) > bytes && !LooksLikeIdx(source);
}

namespace {

// Hands every batch of `source` to `take`, with a progress bar.
std::unique_ptr<TableStream> ReadBatches(
    const fs::path& source, const Json& section, size_t piece,
    const std::function<void(const RawBatch&, const TableStream&)>& take) {
  std::unique_ptr<TableStream> stream = OpenTableStream(source, section, piece);
  std::error_code ignored;
  Progress progress("reading " + source.filename().string(),
                    static_cast<int64_t>(fs::file_size(source, ignored)) >> 20, "MB");
  int64_t shown = 0, rows = 0;
  while (const std::optional<RawBatch> batch = stream->Next()) {
    ThrowIfInterrupted();
    take(*batch, *stream);
    rows += static_cast<int64_t>(batch->rows.size());
    progress.Advance((stream->bytes() >> 20) - shown);
    shown = stream->bytes() >> 20;
  }
  if (rows > 0) return stream;
  throw Error(ErrorKind::kData, "the file holds no rows", {.file = source.string()},
              "write it again with its rows");
}

}  // namespace

namespace {

int64_t RowsOf(const SampleSize& size, const RawBatch& batch) {
  int64_t bytes = 0;
  for (const auto& column : batch.columns) {
    bytes += ArrowValue(arrow::util::ReferencedBufferSize(*column));
  }
  const auto rows = static_cast<double>(batch.rows.size());
  const double fit = static_cast<double>(size.bytes) * rows / static_cast<double>(bytes + 1);
  const auto wanted = static_cast<double>(size.rows);
  return static_cast<int64_t>(std::min(wanted, std::max(fit, static_cast<double>(kFewestSampled))));
}

}  // namespace

std::optional<LargeSource> ReadIfLarge(const fs::path& source, const Json& section,
                                       const Json& audit) {
  if (!IsLargeTable(source, section, audit.at("large").get<int64_t>() << 20)) return std::nullopt;
  std::optional<WholeTable> whole;
  RowSample sample(audit.at("large_sample").get<int64_t>(), audit.at("seed").get<uint64_t>());
  const auto stream = ReadBatches(source, section, kQuickPiece,
                                  [&](const RawBatch& batch, const TableStream& from) {
                                    if (!whole) {
                                      const Dataset look = FirstLook(batch, from, source, section);
                                      std::vector<NumberStyle> styles;
                                      for (const Column& column : look.columns)
                                        styles.push_back(StyleOf(look.reading, column.name));
                                      whole.emplace(look.columns, std::move(styles));
                                    }
                                    whole->Add(batch);
                                    sample.Add(batch);
                                  });
  return LargeSource{std::move(*whole), sample.Finish(*stream, source.string())};
}

RawTable SampleTable(const fs::path& source, const Json& section, const SampleSize& size,
                     uint64_t seed, int64_t* all_rows) {
  std::optional<RowSample> sample;
  int64_t rows = 0;
  const auto stream =
      ReadBatches(source, section, kSmallPiece, [&](const RawBatch& batch, const TableStream&) {
        if (!sample) sample.emplace(RowsOf(size, batch), seed);
        sample->Add(batch);
        rows += static_cast<int64_t>(batch.rows.size());
      });
  if (all_rows != nullptr) *all_rows = rows;
  RawTable table = sample->Finish(*stream, source.string());
  ReleaseArrowMemory();
  return table;
}

}  // namespace bottega

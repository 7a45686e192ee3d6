#include "data/io/parquet_table.h"

#include <arrow/array.h>
#include <arrow/chunked_array.h>
#include <arrow/compute/cast.h>
#include <arrow/table.h>

#include <cmath>
#include <numeric>

#include "base/text.h"
#include "data/arrow_support.h"
#include "data/io/parquet.h"
#include "data/values.h"

namespace bottega {
namespace {

std::shared_ptr<arrow::Array> Cast(const std::shared_ptr<arrow::Array>& array,
                                   const std::shared_ptr<arrow::DataType>& type,
                                   const Place& place) {
  return ArrowValue(arrow::compute::Cast(*array, type, arrow::compute::CastOptions::Unsafe(type)),
                    ErrorKind::kData, place);
}

std::shared_ptr<arrow::Array> AsTexts(const arrow::Array& array) {
  std::vector<std::optional<std::string>> texts(static_cast<size_t>(array.length()));
  for (int64_t i = 0; i < array.length(); ++i) texts[static_cast<size_t>(i)] = TextOfCell(array, i);
  return TextArray(texts);
}

// Doubles hold whole numbers exactly up to 2^53 only.
bool FitsDoubles(const arrow::Array& array) {
  if (array.type_id() != arrow::Type::INT64) return array.type_id() != arrow::Type::UINT64;
  const auto& values = static_cast<const arrow::Int64Array&>(array);
  constexpr int64_t kMost = int64_t{1} << 53;
  for (int64_t i = 0; i < values.length(); ++i) {
    if (values.IsValid(i) && (values.Value(i) > kMost || values.Value(i) < -kMost)) return false;
  }
  return true;
}

std::shared_ptr<arrow::Array> WithoutMissing(const std::shared_ptr<arrow::Array>& array,
                                             const MissingCells& missing, MissingMarks* marks) {
  const auto& texts = static_cast<const arrow::StringArray&>(*array);
  bool any = false;
  std::vector<std::optional<std::string>> kept(static_cast<size_t>(texts.length()));
  for (int64_t i = 0; i < texts.length(); ++i) {
    if (texts.IsNull(i)) continue;
    if (missing(texts.GetView(i))) {
      any = true;
      const std::string_view text = Trim(texts.GetView(i));
      if (!text.empty()) marks->Add(i, text);
    } else {
      kept[static_cast<size_t>(i)] = texts.GetString(i);
    }
  }
  return any ? TextArray(kept) : array;
}

std::shared_ptr<arrow::Array> Normalize(std::shared_ptr<arrow::Array> array,
                                        const MissingCells& missing, const Place& place,
                                        MissingMarks* marks) {
  using arrow::Type;
  const Type::type id = array->type_id();
  if (id == Type::DICTIONARY) {
    const auto& type = static_cast<const arrow::DictionaryType&>(*array->type());
    return Normalize(Cast(array, type.value_type(), place), missing, place, marks);
  }
  if (id == Type::STRING || id == Type::LARGE_STRING || id == Type::STRING_VIEW) {
    return WithoutMissing(Cast(array, arrow::utf8(), place), missing, marks);
  }
  if (id == Type::DATE32 || id == Type::DATE64 || id == Type::TIMESTAMP) {
    return Cast(array, arrow::timestamp(arrow::TimeUnit::MICRO), place);
  }
  const bool number = arrow::is_integer(id) || arrow::is_floating(id) || arrow::is_decimal(id);
  if (number && FitsDoubles(*array)) return Cast(array, arrow::float64(), place);
  if (id == Type::NA) return ArrowValue(arrow::MakeArrayOfNull(arrow::utf8(), array->length()));
  return AsTexts(*array);
}

}  // namespace

RawTable RawTableOf(std::shared_ptr<arrow::Table> stored, const std::string& file,
                    const Json& settings) {
  for (int depth = 0; depth < 8; ++depth) stored = ArrowValue(stored->Flatten());
  RawTable table;
  table.file = file;
  const Place place{.file = file};
  if (stored->num_rows() == 0 || stored->num_columns() == 0) {
    throw Error(ErrorKind::kData, "the file holds no rows", place, "write it again with its rows");
  }
  const bool own = settings.contains("missing") && settings["missing"].is_array();
  const MissingCells missing(own ? settings["missing"].get<std::vector<std::string>>()
                                 : MissingCells::Default());
  for (int i = 0; i < stored->num_columns(); ++i) {
    table.names.push_back(stored->field(i)->name());
    table.missing.emplace_back();
    table.columns.push_back(std::make_shared<arrow::ChunkedArray>(
        Normalize(OneChunk(stored->column(i)), missing, place, &table.missing.back())));
  }
  table.names = UniqueNames(table.names, table.file, &table.issues);
  table.rows.resize(static_cast<size_t>(stored->num_rows()));
  std::iota(table.rows.begin(), table.rows.end(), 0);
  table.reading = {{"format", "parquet"}};
  if (own) table.reading["missing"] = settings["missing"];
  return table;
}

RawTable ReadParquetTable(const std::filesystem::path& path, const Json& settings) {
  EnsureArrow();
  return RawTableOf(ReadParquet(path), path.string(), settings);
}

}  // namespace bottega

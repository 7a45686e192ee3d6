#include "split/row_plan.h"

#include <arrow/array.h>
#include <arrow/builder.h>
#include <arrow/table.h>

#include <algorithm>
#include <unordered_map>

#include "base/error.h"
#include "data/arrow_support.h"
#include "data/io/parquet.h"

namespace bottega {

namespace {

constexpr Part kParts[] = {Part::kTrain, Part::kValidation, Part::kTest};

// int32 or int64 array in which -1 becomes null.
template <class Builder, class Value>
std::shared_ptr<arrow::Array> Nullable(const std::vector<Value>& values) {
  Builder builder;
  CheckArrow(builder.Reserve(static_cast<int64_t>(values.size())));
  for (Value value : values) {
    if (value < 0) {
      builder.UnsafeAppendNull();
    } else {
      builder.UnsafeAppend(value);
    }
  }
  return ArrowValue(builder.Finish());
}

std::shared_ptr<arrow::Array> CellsOf(const arrow::Table& table, const std::string& name,
                                      arrow::Type::type type, const Place& place) {
  const std::shared_ptr<arrow::ChunkedArray> column = table.GetColumnByName(name);
  if (column == nullptr || column->type()->id() != type) {
    throw Error(ErrorKind::kData,
                "not a split: the column '" + name +
                    "' is missing or of another "
                    "type",
                place, "`bottega split` writes it again");
  }
  return OneChunk(column);
}

template <class Array, class Value>
std::vector<Value> ValuesOf(const arrow::Array& cells) {
  const auto& array = static_cast<const Array&>(cells);
  std::vector<Value> values(static_cast<size_t>(array.length()));
  for (int64_t i = 0; i < array.length(); ++i) {
    values[static_cast<size_t>(i)] = array.IsNull(i) ? -1 : array.Value(i);
  }
  return values;
}

}  // namespace

std::string_view PartName(Part part) {
  constexpr std::string_view kNames[] = {"train", "validation", "test"};
  return kNames[static_cast<size_t>(part)];
}

Part ParsePart(std::string_view name) {
  for (Part part : kParts) {
    if (PartName(part) == name) return part;
  }
  throw Error(ErrorKind::kData,
              "'" + std::string(name) + "' is no part: train, validation, test are");
}

std::vector<int64_t> PositionsOf(const Dataset& data, const RowPlan& split, Part part) {
  std::unordered_map<int64_t, int64_t> position;
  position.reserve(data.rows.size());
  for (size_t i = 0; i < data.rows.size(); ++i) position[data.rows[i]] = static_cast<int64_t>(i);
  std::vector<int64_t> found;
  for (size_t i = 0; i < split.row.size(); ++i) {
    if (split.part[i] != part) continue;
    const auto at = position.find(split.row[i]);
    if (at == position.end()) {
      throw Error(ErrorKind::kData, "the split names a row that the data do not have",
                  {.file = data.source.string(), .row = split.row[i]},
                  "`bottega split` deals the rows out again");
    }
    found.push_back(at->second);
  }
  std::sort(found.begin(), found.end());
  return found;
}

void WriteRowPlan(const std::filesystem::path& path, const RowPlan& plan) {
  std::vector<std::string> parts;
  parts.reserve(plan.part.size());
  for (Part part : plan.part) parts.emplace_back(PartName(part));
  const auto schema = arrow::schema(
      {arrow::field("row", arrow::int64(), false), arrow::field("part", arrow::utf8(), false),
       arrow::field("fold", arrow::int32()), arrow::field("group", arrow::int64())});
  const auto table = arrow::Table::Make(
      schema, {IntegerArray(plan.row), TextArray(parts), Nullable<arrow::Int32Builder>(plan.fold),
               Nullable<arrow::Int64Builder>(plan.group)});
  WriteParquet(path, *table);
}

RowPlan ReadRowPlan(const std::filesystem::path& path) {
  const std::shared_ptr<arrow::Table> table = ReadParquet(path);
  const Place place = {.file = path.string()};
  RowPlan plan;
  plan.row =
      ValuesOf<arrow::Int64Array, int64_t>(*CellsOf(*table, "row", arrow::Type::INT64, place));
  plan.fold =
      ValuesOf<arrow::Int32Array, int32_t>(*CellsOf(*table, "fold", arrow::Type::INT32, place));
  plan.group =
      ValuesOf<arrow::Int64Array, int64_t>(*CellsOf(*table, "group", arrow::Type::INT64, place));
  const auto cells = CellsOf(*table, "part", arrow::Type::STRING, place);
  const auto& parts = static_cast<const arrow::StringArray&>(*cells);
  for (int64_t i = 0; i < parts.length(); ++i) {
    if (parts.IsNull(i) || plan.row[static_cast<size_t>(i)] < 0) {
      throw Error(ErrorKind::kData, "not a split: a row or its part is missing",
                  {.file = path.string(), .row = i}, "`bottega split` writes it again");
    }
    plan.part.push_back(ParsePart(parts.GetView(i)));
  }
  return plan;
}

}  // namespace bottega

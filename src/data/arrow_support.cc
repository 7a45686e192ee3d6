#include "data/arrow_support.h"

#include <arrow/array.h>
#include <arrow/array/concatenate.h>
#include <arrow/builder.h>
#include <arrow/chunked_array.h>
#include <arrow/compute/initialize.h>
#include <arrow/memory_pool.h>
#include <arrow/table.h>
#include <arrow/util/io_util.h>

#include <cmath>

namespace bottega {

void ReleaseArrowMemory() { arrow::default_memory_pool()->ReleaseUnused(); }

void EnsureArrow() {
  static const bool ready = [] {
    CheckArrow(arrow::compute::Initialize());
    return true;
  }();
  (void)ready;
}

Error ArrowError(const arrow::Status& status, ErrorKind kind, Place place, std::string hint) {
  if (status.IsIOError() && status.message().find("No space left") != std::string::npos) {
    kind = ErrorKind::kIo;
  }
  const int number = arrow::internal::ErrnoFromStatus(status);
  if (kind == ErrorKind::kIo && number != 0) {
    return IoError("reading or writing", place.file, number);
  }
  if (status.IsOutOfMemory()) kind = ErrorKind::kIo;
  return Error(kind, status.message(), std::move(place), std::move(hint));
}

std::shared_ptr<arrow::Array> TextArray(const std::vector<std::optional<std::string>>& values) {
  arrow::StringBuilder builder;
  int64_t bytes = 0;
  for (const auto& value : values) bytes += value ? static_cast<int64_t>(value->size()) : 0;
  CheckArrow(builder.Reserve(static_cast<int64_t>(values.size())));
  CheckArrow(builder.ReserveData(bytes), ErrorKind::kData);
  for (const auto& value : values) {
    if (value) {
      builder.UnsafeAppend(*value);
    } else {
      builder.UnsafeAppendNull();
    }
  }
  return ArrowValue(builder.Finish());
}

std::shared_ptr<arrow::Array> TextArray(const std::vector<std::string>& values) {
  arrow::StringBuilder builder;
  CheckArrow(builder.AppendValues(values), ErrorKind::kData);
  return ArrowValue(builder.Finish());
}

std::shared_ptr<arrow::Array> NumberArray(const std::vector<double>& values) {
  arrow::DoubleBuilder builder;
  CheckArrow(builder.Reserve(static_cast<int64_t>(values.size())));
  for (const double value : values) {
    if (std::isnan(value)) {
      builder.UnsafeAppendNull();
    } else {
      builder.UnsafeAppend(value);
    }
  }
  return ArrowValue(builder.Finish());
}

std::shared_ptr<arrow::Array> DateArray(const std::vector<std::optional<int64_t>>& microseconds) {
  arrow::TimestampBuilder builder(arrow::timestamp(arrow::TimeUnit::MICRO),
                                  arrow::default_memory_pool());
  CheckArrow(builder.Reserve(static_cast<int64_t>(microseconds.size())));
  for (const auto& value : microseconds) {
    if (value) {
      builder.UnsafeAppend(*value);
    } else {
      builder.UnsafeAppendNull();
    }
  }
  return ArrowValue(builder.Finish());
}

std::shared_ptr<arrow::Array> IntegerArray(const std::vector<int64_t>& values) {
  arrow::Int64Builder builder;
  CheckArrow(builder.AppendValues(values));
  return ArrowValue(builder.Finish());
}

std::shared_ptr<arrow::Table> MakeTable(
    const std::vector<std::pair<std::string, std::shared_ptr<arrow::Array>>>& columns) {
  arrow::FieldVector fields;
  arrow::ArrayVector arrays;
  for (const auto& [name, array] : columns) {
    fields.push_back(arrow::field(name, array->type()));
    arrays.push_back(array);
  }
  return arrow::Table::Make(arrow::schema(std::move(fields)), std::move(arrays));
}

std::shared_ptr<arrow::Array> OneChunk(const std::shared_ptr<arrow::ChunkedArray>& column) {
  if (column->num_chunks() == 1) return column->chunk(0);
  if (column->num_chunks() == 0) {
    return ArrowValue(arrow::MakeArrayOfNull(column->type(), 0));
  }
  return ArrowValue(arrow::Concatenate(column->chunks()), ErrorKind::kData);
}

}  // namespace bottega

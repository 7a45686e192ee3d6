// Arrow's results as values or Errors. For .cc files: pulls in Arrow's status headers.
#pragma once

#include <arrow/result.h>
#include <arrow/status.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "data/dataset.h"

namespace bottega {

// Registers Arrow's compute functions; cheap after the first call, thread-safe.
void EnsureArrow();
// Gives what Arrow's allocator keeps of freed blocks back to the system.
void ReleaseArrowMemory();

// An Error of `kind` (kIo when Arrow says that input or output failed) with Arrow's message.
Error ArrowError(const arrow::Status& status, ErrorKind kind = ErrorKind::kInternal,
                 Place place = {}, std::string hint = {});

inline void CheckArrow(const arrow::Status& status, ErrorKind kind = ErrorKind::kInternal,
                       const Place& place = {}) {
  if (!status.ok()) throw ArrowError(status, kind, place);
}

template <class T>
T ArrowValue(arrow::Result<T> result, ErrorKind kind = ErrorKind::kInternal,
             const Place& place = {}) {
  if (!result.ok()) throw ArrowError(result.status(), kind, place);
  return std::move(result).ValueUnsafe();
}

// utf8, float64 and timestamp[us] arrays from plain values.
std::shared_ptr<arrow::Array> TextArray(const std::vector<std::optional<std::string>>& values);
std::shared_ptr<arrow::Array> TextArray(const std::vector<std::string>& values);
std::shared_ptr<arrow::Array> NumberArray(const std::vector<double>& values);  // NaN -> null
std::shared_ptr<arrow::Array> DateArray(const std::vector<std::optional<int64_t>>& microseconds);
std::shared_ptr<arrow::Array> IntegerArray(const std::vector<int64_t>& values);

// A table of equally long arrays by name.
std::shared_ptr<arrow::Table> MakeTable(
    const std::vector<std::pair<std::string, std::shared_ptr<arrow::Array>>>& columns);

// The one array behind a column of a Dataset (joins chunks where there are more).
std::shared_ptr<arrow::Array> OneChunk(const std::shared_ptr<arrow::ChunkedArray>& column);

}  // namespace bottega

#include "data/io/row_sample.h"

#include <arrow/array.h>
#include <arrow/chunked_array.h>
#include <arrow/compute/api_vector.h>

#include <algorithm>

#include "base/random.h"
#include "data/arrow_support.h"

namespace bottega {
namespace {

uint64_t KeyOf(uint64_t seed, int64_t row) {
  const PhiloxBlock block =
      Philox({static_cast<uint32_t>(row), static_cast<uint32_t>(row >> 32), 0,
              static_cast<uint32_t>(Purpose::kSample)},
             {static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32)});
  return static_cast<uint64_t>(block[0]) << 32 | block[1];
}

RawBatch Take(const RawBatch& batch, const std::vector<int64_t>& positions) {
  RawBatch taken;
  for (const int64_t position : positions) {
    taken.rows.push_back(batch.rows[static_cast<size_t>(position)]);
  }
  const auto indices = IntegerArray(positions);
  for (const auto& column : batch.columns) {
    taken.columns.push_back(ArrowValue(arrow::compute::Take(*column, *indices)));
  }
  return taken;
}

}  // namespace

void RowSample::Add(const RawBatch& batch) {
  EnsureArrow();
  Part part;
  std::vector<int64_t> positions;
  for (size_t i = 0; i < batch.rows.size(); ++i) {
    const uint64_t key = KeyOf(seed_, batch.rows[i]);
    if (key >= below_) continue;
    positions.push_back(static_cast<int64_t>(i));
    part.keys.push_back(key);
  }
  if (positions.empty()) return;
  part.rows = Take(batch, positions);
  kept_ += static_cast<int64_t>(positions.size());
  parts_.push_back(std::move(part));
  if (kept_ > 2 * size_) Shrink();
}

void RowSample::Shrink() {
  if (kept_ <= size_) return;
  std::vector<uint64_t> keys;
  for (const Part& part : parts_) keys.insert(keys.end(), part.keys.begin(), part.keys.end());
  const auto cut = keys.begin() + size_;
  std::nth_element(keys.begin(), cut, keys.end());
  below_ = *cut;
  kept_ = 0;
  for (Part& part : parts_) {
    std::vector<int64_t> positions;
    for (size_t i = 0; i < part.keys.size(); ++i) {
      if (part.keys[i] < below_) positions.push_back(static_cast<int64_t>(i));
    }
    part.rows = Take(part.rows, positions);
    std::erase_if(part.keys, [&](uint64_t key) { return key >= below_; });
    kept_ += static_cast<int64_t>(positions.size());
  }
  std::erase_if(parts_, [](const Part& part) { return part.keys.empty(); });
}

RawTable RowSample::Finish(const TableStream& stream, const std::string& file) {
  Shrink();
  RawTable table;
  table.file = file;
  table.names = stream.names();
  table.reading = stream.reading();
  table.issues = stream.issues();
  for (size_t c = 0; c < table.names.size(); ++c) {
    arrow::ArrayVector chunks;
    for (const Part& part : parts_) chunks.push_back(part.rows.columns[c]);
    if (chunks.empty()) chunks.push_back(TextArray(std::vector<std::string>()));
    table.columns.push_back(std::make_shared<arrow::ChunkedArray>(std::move(chunks)));
  }
  for (const Part& part : parts_) {
    table.rows.insert(table.rows.end(), part.rows.rows.begin(), part.rows.rows.end());
  }
  // Which lines they stand on is known while their piece is in memory only.
  table.lines = [](const std::vector<int64_t>& records) {
    return std::vector<int64_t>(records.size(), -1);
  };
  parts_.clear();
  return table;
}

}  // namespace bottega

// What is known of all rows of a table that is too large to be held: sketches of each column, and
// repeated rows by their hash.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/json.h"
#include "data/dataset.h"
#include "data/infer/numbers.h"
#include "data/io/table_stream.h"
#include "profile/sketch/distinct_sketch.h"
#include "profile/sketch/heavy_hitters.h"
#include "profile/sketch/quantile_sketch.h"

namespace bottega {

struct WholeColumn {
  std::string name;
  int64_t missing = 0;
  DistinctSketch distinct;
  HeavyHitters top;
  QuantileSketch numbers;   // of the cells that are numbers
  int64_t not_numbers = 0;  // filled cells that are none
};

// A later row that equals an earlier one in every compared column.
struct RepeatedRow {
  int64_t first = 0, row = 0;  // record numbers
};

// Fed with the batches of a TableStream in order. Time linear in the cells; memory some hundred KiB
// a column, and 16 bytes for each of at most 2^23 row hashes.
class WholeTable {
 public:
  // `columns` as a Dataset describes them: those that FindDuplicates compares (features and time)
  // make up the hash of a row. `style` per column: how its numbers are written.
  WholeTable(const std::vector<Column>& columns, std::vector<NumberStyle> styles);

  void Add(const RawBatch& batch);

  int64_t rows() const { return rows_; }
  const std::vector<WholeColumn>& columns() const { return columns_; }

  struct Repeats {
    int64_t count = 0;                  // rows that equal an earlier one
    bool estimated = false;             // from a share of all different rows, chosen by hash
    std::vector<RepeatedRow> examples;  // at most 100, by record number
  };
  // Two different rows have one hash with probability 2^-64.
  Repeats RepeatedRows() const;

  // {rows, columns: [{name, missing, distinct, top: [{value, count}], exact, numbers: {count, min,
  // max, quantiles}}], repeated_rows}.
  Json ToJson() const;

 private:
  struct RowHash {
    uint64_t hash = 0;
    int64_t row = 0;
  };
  std::vector<uint64_t> AddColumn(size_t column, const arrow::Array& cells);
  void AddHashes(const std::vector<uint64_t>& hashes, const std::vector<int64_t>& rows);

  int64_t rows_ = 0;
  std::vector<WholeColumn> columns_;
  std::vector<NumberStyle> styles_;
  std::vector<bool> compared_;
  std::vector<RowHash> hashes_;
  int dropped_bits_ = 0;  // hashes are kept whose first so many bits are 0
};

}  // namespace bottega

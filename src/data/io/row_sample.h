// A uniform sample of the rows of a stream.
#pragma once

#include <arrow/type_fwd.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "data/io/table_stream.h"

namespace bottega {

// Keeps the `size` rows with the smallest counter-based random number of (seed, record number):
// each row is as likely as any other, and the same rows come whatever the batches are (bottom-k
// sampling; Cohen & Kaplan, "Summarizing data using bottom-k sketches", PODC 2007). Memory: at most
// twice the sample.
class RowSample {
 public:
  RowSample(int64_t size, uint64_t seed) : size_(size), seed_(seed) {}

  void Add(const RawBatch& batch);
  // The sample in the order of the source; the table has names, reading and issues of `stream`.
  RawTable Finish(const TableStream& stream, const std::string& file);

 private:
  struct Part {
    std::vector<uint64_t> keys;  // per row, ascending record numbers
    RawBatch rows;
  };
  void Shrink();

  int64_t size_;
  uint64_t seed_;
  uint64_t below_ = ~uint64_t{0};  // rows with a key below it are in
  int64_t kept_ = 0;
  std::vector<Part> parts_;
};

}  // namespace bottega

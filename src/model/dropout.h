// Dropout keyed per row (Srivastava et al. 2014, JMLR 15): inverted, so that evaluation does
// nothing. Whether element j of a row is dropped in layer l is a pure function of (seed, epoch,
// row, l, j): the same whatever the batch, its order, micro-batches, threads or device.
//
// Element j of row r uses 16 bits of the Philox block with key (seed, Purpose::kDropout) and
// counter (l << 20 | j / 8, epoch, r): dropped when they are below round(p * 65536).
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "model/module.h"

namespace bottega {

// Where a mask stands: everything but the row and the element.
struct DropoutKey {
  uint64_t seed = 0;
  int64_t epoch = 0;
  uint32_t layer = 0;  // below 4096
};

// The mask of many rows as bits: bit j % 16 of at[j / 16 * stride + i] is 1 where element j of the
// i-th row is kept. Memory is reused from one Fill to the next. About 0.1 ns an element and row.
struct DropoutBits {
  void Fill(const DropoutKey& key, std::span<const int64_t> rows, int64_t width, double p);

  std::vector<uint16_t> at;
  int64_t stride = 0;

 private:
  std::vector<uint32_t> low_, high_;  // halves of the row numbers
};

// Writes 0 or 1 / (1 - p) into mask[rows.size() x width] (row-major). width <= 8 * 2^20.
void FillDropoutMask(const DropoutKey& key, std::span<const int64_t> rows, int64_t width, double p,
                     float* mask);

// x [B, ...] times its mask; x itself when not training or p = 0. 0 <= p < 1.
at::Tensor Dropout(const at::Tensor& x, double p, uint32_t layer, const StepContext& context);

}  // namespace bottega

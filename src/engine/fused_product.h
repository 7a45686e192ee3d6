// Small matrix products with what follows them done in registers: bias, activation, dropout and
// their backward passes cost no trip through memory. Single-threaded; for shapes whose operands fit
// into the caches (a BLAS is as quick from some ten million operations on). Written for AVX-512 and
// AVX2 with FMA, chosen by the processor at run time, and for any processor without them.
#pragma once

#include <cstdint>

#include "engine/simd.h"

namespace bottega {

// Rows of the matrices that are read or written in whole vectors hold a multiple of this many
// floats; what lies behind the last column is arbitrary.
inline constexpr int64_t kRowPad = 16;
inline int64_t PaddedWidth(int64_t width) { return (width + kRowPad - 1) / kRowPad * kRowPad; }

// What happens to each element of a product, in this order. Pointers that are null are left out.
struct Epilogue {
  const float* bias = nullptr;  // [PaddedWidth(n)], added to each row
  bool relu = false;
  // Bit j % 16 of keep[j / 16 * keep_stride + i] for element (i, j), as DropoutBits of
  // model/dropout.h: where it is 0 the element becomes 0, else it is multiplied by `scale`.
  const uint16_t* keep = nullptr;
  int64_t keep_stride = 0;
  // [m, ldc]: the element becomes 0 where gate <= 0, else it is multiplied by `scale`.
  const float* gate = nullptr;
  float scale = 1;
  const float* factor = nullptr;  // [m, ldc]: multiplied by it
  float* column_sums = nullptr;   // [PaddedWidth(n)]: the results' column sums are added
};

// C = A B, or C += A B with `add`, then the epilogue; float32. A [m, k] may have any strides;
// B [k, n] and C [m, n] are row-major. kRowPad floats behind B's last row must be readable. Rows of
// C are written to their padded width with `padded`, else exactly.
struct FusedProduct {
  int64_t m = 0, n = 0, k = 0;
  const float* a = nullptr;
  int64_t a_row = 0, a_column = 0;  // element (i, j) of A lies at a[i * a_row + j * a_column]
  const float* b = nullptr;
  int64_t ldb = 0;
  float* c = nullptr;
  int64_t ldc = 0;
  bool add = false;
  bool padded = true;
  Epilogue then;
};
void Multiply(const FusedProduct& product, Simd simd = ProcessorSimd());

// The epilogue alone, on a C [m, n] with padded rows that was computed elsewhere.
void Apply(const Epilogue& epilogue, int64_t m, int64_t n, float* c, int64_t ldc,
           Simd simd = ProcessorSimd());

// out[j * ldo + i] = in[i * ldi + j] for an `in` of [rows, columns].
void Transpose(const float* in, int64_t rows, int64_t columns, int64_t ldi, float* out,
               int64_t ldo);

}  // namespace bottega

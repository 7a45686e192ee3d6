#include "engine/fused_product.h"

#include "engine/simd.h"

// The vectors that are wider than the processor's registers never cross a call.
#pragma GCC diagnostic ignored "-Wpsabi"

namespace bottega {

namespace {

#if defined(__x86_64__)
namespace avx512 {
constexpr int kTileRows = 8, kTileVectors = 2;
#define SIMD_TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl")))
#include "engine/fused_product_body.h"
#undef SIMD_TARGET
}  // namespace avx512

namespace avx2 {
constexpr int kTileRows = 4, kTileVectors = 1;
#define SIMD_TARGET __attribute__((target("avx2,fma")))
#include "engine/fused_product_body.h"
#undef SIMD_TARGET
}  // namespace avx2
#endif

namespace plain {
constexpr int kTileRows = 2, kTileVectors = 1;
#define SIMD_TARGET
#include "engine/fused_product_body.h"
#undef SIMD_TARGET
}  // namespace plain

}  // namespace

void Multiply(const FusedProduct& product, Simd simd) {
#if defined(__x86_64__)
  if (simd == Simd::kAvx512) return avx512::Multiply(product);
  if (simd == Simd::kAvx2) return avx2::Multiply(product);
#endif
  plain::Multiply(product);
}

void Apply(const Epilogue& epilogue, int64_t m, int64_t n, float* c, int64_t ldc, Simd simd) {
#if defined(__x86_64__)
  if (simd == Simd::kAvx512) return avx512::Apply(epilogue, m, n, c, ldc);
  if (simd == Simd::kAvx2) return avx2::Apply(epilogue, m, n, c, ldc);
#endif
  plain::Apply(epilogue, m, n, c, ldc);
}

namespace {

using Four = float __attribute__((vector_size(16)));
using FourIndices = int32_t __attribute__((vector_size(16)));

// Four rows of four become four columns.
void TransposeTile(const float* in, int64_t ldi, float* out, int64_t ldo) {
  Four row[4];
  for (int64_t i = 0; i < 4; ++i) __builtin_memcpy(&row[i], in + i * ldi, sizeof(Four));
  const FourIndices low = {0, 4, 1, 5}, high = {2, 6, 3, 7};
  const FourIndices first = {0, 1, 4, 5}, second = {2, 3, 6, 7};
  const Four a = __builtin_shuffle(row[0], row[1], low), b = __builtin_shuffle(row[2], row[3], low);
  const Four c = __builtin_shuffle(row[0], row[1], high);
  const Four d = __builtin_shuffle(row[2], row[3], high);
  const Four column[4] = {__builtin_shuffle(a, b, first), __builtin_shuffle(a, b, second),
                          __builtin_shuffle(c, d, first), __builtin_shuffle(c, d, second)};
  for (int64_t j = 0; j < 4; ++j) __builtin_memcpy(out + j * ldo, &column[j], sizeof(Four));
}

}  // namespace

void Transpose(const float* in, int64_t rows, int64_t columns, int64_t ldi, float* out,
               int64_t ldo) {
  const int64_t whole_rows = rows / 4 * 4, whole_columns = columns / 4 * 4;
  // Column by column, so that writes, which cost more than reads, follow each other.
  for (int64_t j = 0; j < whole_columns; j += 4) {
    for (int64_t i = 0; i < whole_rows; i += 4) {
      TransposeTile(in + i * ldi + j, ldi, out + j * ldo + i, ldo);
    }
  }
  for (int64_t i = 0; i < rows; ++i) {
    for (int64_t j = i < whole_rows ? whole_columns : 0; j < columns; ++j) {
      out[j * ldo + i] = in[i * ldi + j];
    }
  }
}

}  // namespace bottega

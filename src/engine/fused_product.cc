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

void Transpose(const float* in, int64_t rows, int64_t columns, int64_t ldi, float* out,
               int64_t ldo) {
  for (int64_t i = 0; i < rows; ++i) {
    for (int64_t j = 0; j < columns; ++j) out[j * ldo + i] = in[i * ldi + j];
  }
}

}  // namespace bottega

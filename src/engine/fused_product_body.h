// The body of fused_product.cc, which includes it once for each instruction set, inside a namespace
// and with SIMD_TARGET, kTileRows and kTileVectors set: vectors of GCC's own type are lowered
// before functions are inlined, so that each instruction set needs functions of its own.

#define SIMD_INLINE SIMD_TARGET __attribute__((always_inline)) inline

using Vector = float __attribute__((vector_size(64)));
using IntVector = int32_t __attribute__((vector_size(64)));
constexpr int64_t kLanes = 16;
static_assert(kLanes == kRowPad);

SIMD_INLINE Vector Load(const float* from) {
  Vector v;
  __builtin_memcpy(&v, from, sizeof(v));
  return v;
}

SIMD_INLINE void Store(float* to, const Vector& v) { __builtin_memcpy(to, &v, sizeof(v)); }

SIMD_INLINE Vector LoadPart(const float* from, int64_t count) {
  float lanes[kLanes] = {};
  for (int64_t i = 0; i < count; ++i) lanes[i] = from[i];
  return Load(lanes);
}

SIMD_INLINE void StorePart(float* to, const Vector& v, int64_t count) {
  float lanes[kLanes];
  Store(lanes, v);
  for (int64_t i = 0; i < count; ++i) to[i] = lanes[i];
}

// Element vector of row i, columns j to j + 15, without the column sums.
SIMD_INLINE Vector Finish(const Epilogue& e, const Vector& value, int64_t i, int64_t j,
                          int64_t ldc) {
  Vector v = value;
  const Vector zero = {};
  if (e.bias) v += Load(e.bias + j);
  if (e.relu) v = v > zero ? v : zero;
  if (e.keep) {
    const IntVector bit = {1,      1 << 1, 1 << 2,  1 << 3,  1 << 4,  1 << 5,  1 << 6,  1 << 7,
                           1 << 8, 1 << 9, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15};
    const IntVector all = IntVector{} + int32_t{e.keep[j / kLanes * e.keep_stride + i]};
    v = (all & bit) != 0 ? v * e.scale : zero;
  }
  if (e.gate) v = Load(e.gate + i * ldc + j) > zero ? v * e.scale : zero;
  if (e.factor) v *= Load(e.factor + i * ldc + j);
  return v;
}

template <int kRows, int kVectors>
SIMD_TARGET inline void Tile(const FusedProduct& p, int64_t i, int64_t j) {
  Vector sum[kRows][kVectors] = {};
  const float* a = p.a + i * p.a_row;
  const float* b = p.b + j;
  for (int64_t k = 0; k < p.k; ++k, a += p.a_column, b += p.ldb) {
    Vector right[kVectors];
#pragma GCC unroll 8
    for (int v = 0; v < kVectors; ++v) right[v] = Load(b + v * kLanes);
#pragma GCC unroll 8
    for (int r = 0; r < kRows; ++r) {
      const Vector left = Vector{} + a[r * p.a_row];
#pragma GCC unroll 8
      for (int v = 0; v < kVectors; ++v) sum[r][v] += left * right[v];
    }
  }
#pragma GCC unroll 8
  for (int v = 0; v < kVectors; ++v) {
    const int64_t column = j + v * kLanes;
    const bool whole = p.padded || column + kLanes <= p.n;
    Vector total = {};
#pragma GCC unroll 8
    for (int r = 0; r < kRows; ++r) {
      float* c = p.c + (i + r) * p.ldc + column;
      Vector out = sum[r][v];
      if (p.add) out += whole ? Load(c) : LoadPart(c, p.n - column);
      out = Finish(p.then, out, i + r, column, p.ldc);
      total += out;
      whole ? Store(c, out) : StorePart(c, out, p.n - column);
    }
    float* sums = p.then.column_sums;
    if (sums) Store(sums + column, Load(sums + column) + total);
  }
}

template <int kVectors>
SIMD_TARGET inline void Panel(const FusedProduct& p, int64_t j) {
  int64_t i = 0;
  for (; i + kTileRows <= p.m; i += kTileRows) Tile<kTileRows, kVectors>(p, i, j);
  if constexpr (kTileRows > 4) {
    for (; i + 4 <= p.m; i += 4) Tile<4, kVectors>(p, i, j);
  }
  for (; i < p.m; ++i) Tile<1, kVectors>(p, i, j);
}

SIMD_TARGET void Multiply(const FusedProduct& p) {
  int64_t j = 0;
  for (; j + (kTileVectors - 1) * kLanes < p.n; j += kTileVectors * kLanes) {
    Panel<kTileVectors>(p, j);
  }
  for (; j < p.n; j += kLanes) Panel<1>(p, j);
}

SIMD_TARGET void Apply(const Epilogue& e, int64_t m, int64_t n, float* c, int64_t ldc) {
  for (int64_t j = 0; j < n; j += kLanes) {
    Vector total = {};
    for (int64_t i = 0; i < m; ++i) {
      float* at = c + i * ldc + j;
      const Vector out = Finish(e, Load(at), i, j, ldc);
      Store(at, out);
      total += out;
    }
    if (e.column_sums) Store(e.column_sums + j, Load(e.column_sums + j) + total);
  }
}

#undef SIMD_INLINE

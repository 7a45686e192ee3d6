#include "model/dropout_kernel.h"

#include "engine/simd.h"
#include "engine/vectorized.h"
#if defined(__x86_64__)
#include <immintrin.h>
// GCC 12 says it of its own intrinsics.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif

namespace bottega {

namespace {

constexpr uint32_t kMultiplier0 = 0xD2511F53, kMultiplier1 = 0xCD9E8D57;
constexpr uint32_t kWeyl0 = 0x9E3779B9, kWeyl1 = 0xBB67AE85;

// Philox of base/random.h, lane by lane.
BOTTEGA_VECTORIZED void FillUnit(const DropoutStream& stream, int64_t unit,
                                 const uint32_t* __restrict low, const uint32_t* __restrict high,
                                 int64_t rows, uint16_t* __restrict bits) {
  for (int64_t begin = 0; begin < rows; begin += kDropoutLanes) {
    uint32_t kept[kDropoutLanes] = {};
    for (uint32_t half = 0; half < 2; ++half) {
      const uint32_t counter = stream.layer << 20 | static_cast<uint32_t>(2 * unit + half);
      for (int64_t i = 0; i < kDropoutLanes; ++i) {
        uint32_t c0 = counter, c1 = stream.epoch, c2 = low[begin + i], c3 = high[begin + i];
        uint32_t key0 = stream.key[0], key1 = stream.key[1];
#pragma GCC unroll 10
        for (int round = 0; round < 10; ++round) {
          const uint64_t p0 = uint64_t{kMultiplier0} * c0, p1 = uint64_t{kMultiplier1} * c2;
          c0 = static_cast<uint32_t>(p1 >> 32) ^ c1 ^ key0;
          c1 = static_cast<uint32_t>(p1);
          c2 = static_cast<uint32_t>(p0 >> 32) ^ c3 ^ key1;
          c3 = static_cast<uint32_t>(p0);
          key0 += kWeyl0;
          key1 += kWeyl1;
        }
        const uint32_t t = stream.threshold;
        const uint32_t byte = uint32_t{(c0 & 0xFFFF) >= t} | uint32_t{(c0 >> 16) >= t} << 1 |
                              uint32_t{(c1 & 0xFFFF) >= t} << 2 | uint32_t{(c1 >> 16) >= t} << 3 |
                              uint32_t{(c2 & 0xFFFF) >= t} << 4 | uint32_t{(c2 >> 16) >= t} << 5 |
                              uint32_t{(c3 & 0xFFFF) >= t} << 6 | uint32_t{(c3 >> 16) >= t} << 7;
        kept[i] |= byte << (8 * half);
      }
    }
    for (int64_t i = 0; i < kDropoutLanes; ++i) bits[begin + i] = static_cast<uint16_t>(kept[i]);
  }
}

#if defined(__x86_64__)
#define AVX512 __attribute__((target("avx512f,avx512bw")))

struct Words {
  __m512i at[4];
};

AVX512 inline __m512i Widen(const uint32_t* from) {
  return _mm512_cvtepu32_epi64(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from)));
}

// Eight counters in 64-bit lanes. Products read the low half of a lane only, so that what the
// others leave in the high half need not be cleared.
AVX512 inline void Philox8(Words* c, uint32_t key0, uint32_t key1) {
  const __m512i multiplier0 = _mm512_set1_epi64(kMultiplier0);
  const __m512i multiplier1 = _mm512_set1_epi64(kMultiplier1);
#pragma GCC unroll 10
  for (int round = 0; round < 10; ++round, key0 += kWeyl0, key1 += kWeyl1) {
    const __m512i p0 = _mm512_mul_epu32(c->at[0], multiplier0);
    const __m512i p1 = _mm512_mul_epu32(c->at[2], multiplier1);
    c->at[0] = _mm512_srli_epi64(p1, 32) ^ c->at[1] ^ _mm512_set1_epi64(key0);
    c->at[1] = p1;
    c->at[2] = _mm512_srli_epi64(p0, 32) ^ c->at[3] ^ _mm512_set1_epi64(key1);
    c->at[3] = p0;
  }
}

AVX512 void FillUnit512(const DropoutStream& stream, int64_t unit, const uint32_t* low,
                        const uint32_t* high, int64_t rows, uint16_t* bits) {
  const __m512i threshold = _mm512_set1_epi16(static_cast<int16_t>(stream.threshold));
  for (int64_t i = 0; i < rows; i += 8) {
    __m512i kept = _mm512_setzero_si512();
    for (uint32_t half = 0; half < 2; ++half) {
      const uint32_t counter = stream.layer << 20 | static_cast<uint32_t>(2 * unit + half);
      Words c = {{_mm512_set1_epi64(counter), _mm512_set1_epi64(stream.epoch), Widen(low + i),
                  Widen(high + i)}};
      Philox8(&c, stream.key[0], stream.key[1]);
      for (uint32_t w = 0; w < 4; ++w) {
        const __mmask32 keep = _mm512_cmpge_epu16_mask(c.at[w], threshold);
        const uint32_t bit = 2 * w + 8 * half;
        kept |= _mm512_maskz_set1_epi16(keep, static_cast<int16_t>(1u << bit)) &
                _mm512_set1_epi64(0xFFFF);
        kept |=
            _mm512_srli_epi64(_mm512_maskz_set1_epi16(keep, static_cast<int16_t>(1u << (bit + 1))) &
                                  _mm512_set1_epi64(0xFFFF0000),
                              16);
      }
    }
    _mm_storeu_si128(reinterpret_cast<__m128i*>(bits + i), _mm512_cvtepi64_epi16(kept));
  }
}
#undef AVX512
#endif

}  // namespace

void FillDropoutUnit(const DropoutStream& stream, int64_t unit, const uint32_t* low,
                     const uint32_t* high, int64_t rows, uint16_t* bits) {
#if defined(__x86_64__)
  if (ProcessorSimd() == Simd::kAvx512) {
    return FillUnit512(stream, unit, low, high, rows, bits);
  }
#endif
  FillUnit(stream, unit, low, high, rows, bits);
}

BOTTEGA_VECTORIZED void ExpandDropoutBits(const uint16_t* __restrict bits, int64_t stride,
                                          int64_t rows, int64_t width, float keep,
                                          float* __restrict mask) {
  for (int64_t i = 0; i < rows; ++i, mask += width) {
    int64_t j = 0;
    for (; j + 16 <= width; j += 16) {
      const uint32_t unit = bits[j / 16 * stride + i];
      for (int32_t b = 0; b < 16; ++b) mask[j + b] = (unit >> b & 1) != 0 ? keep : 0.0f;
    }
    for (; j < width; ++j) mask[j] = (bits[j / 16 * stride + i] >> j % 16 & 1) != 0 ? keep : 0.0f;
  }
}

}  // namespace bottega

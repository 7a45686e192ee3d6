#include "data/image/resample.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace bottega {

namespace {

constexpr int kBits = 14;  // of weights: 1.0 has to fit into an int16
constexpr int kHalf = 1 << (kBits - 1);
constexpr int kTapsStep = 4;      // taps of a row are padded to a multiple of this
constexpr size_t kOverread = 32;  // bytes that a vector load may touch behind the last pixel

// Weights of one direction: output i is the sum of weights[i * stride + k] * input[first[i] + k].
struct Taps {
  std::vector<int> first, count;  // count is not padded
  std::vector<int16_t> weights;   // zero behind `count`
  int stride = 0;
  int begin = 0, end = 0;  // inputs used by any output
};

Taps MakeTaps(int in_size, double start, double size, int out_size) {
  const double scale = size / out_size, filter_scale = std::max(scale, 1.0);
  Taps taps;
  const int most = static_cast<int>(std::ceil(filter_scale)) * 2 + 1;
  taps.stride = (most + kTapsStep - 1) / kTapsStep * kTapsStep;
  taps.weights.assign(static_cast<size_t>(taps.stride) * static_cast<size_t>(out_size), 0);
  std::vector<double> exact(static_cast<size_t>(most));
  for (int i = 0; i < out_size; ++i) {
    const double center = start + (i + 0.5) * scale;
    const int first = std::clamp(static_cast<int>(center - filter_scale + 0.5), 0, in_size - 1);
    const int end = std::min(in_size, static_cast<int>(center + filter_scale + 0.5));
    const int count = std::clamp(end - first, 1, most);
    double sum = 0;
    for (int k = 0; k < count; ++k) {
      const double distance = std::abs((k + first - center + 0.5) / filter_scale);
      sum += exact[static_cast<size_t>(k)] = std::max(0.0, 1.0 - distance);
    }
    if (sum <= 0) sum = exact[0] = 1;
    int16_t* weights = taps.weights.data() + static_cast<ptrdiff_t>(i) * taps.stride;
    int total = 0, largest = 0;
    for (int k = 0; k < count; ++k) {
      weights[k] =
          static_cast<int16_t>(std::lround(exact[static_cast<size_t>(k)] / sum * (1 << kBits)));
      total += weights[k];
      if (weights[k] > weights[largest]) largest = k;
    }
    // Even areas stay even: the weights add up to exactly one.
    weights[largest] = static_cast<int16_t>(weights[largest] + (1 << kBits) - total);
    taps.first.push_back(first);
    taps.count.push_back(count);
  }
  taps.begin = *std::min_element(taps.first.begin(), taps.first.end());
  for (int i = 0; i < out_size; ++i) {
    taps.end =
        std::max(taps.end, taps.first[static_cast<size_t>(i)] + taps.count[static_cast<size_t>(i)]);
  }
  return taps;
}

uint8_t Clip(int sum) { return static_cast<uint8_t>(std::clamp(sum >> kBits, 0, 255)); }

void RowScalar(const uint8_t* in, const Taps& taps, int out_size, uint8_t* out) {
  for (int x = 0; x < out_size; ++x, out += 3) {
    const uint8_t* pixel = in + 3 * static_cast<ptrdiff_t>(taps.first[static_cast<size_t>(x)]);
    const int16_t* weight = taps.weights.data() + static_cast<ptrdiff_t>(x) * taps.stride;
    int r = kHalf, g = kHalf, b = kHalf;
    for (int k = 0; k < taps.count[static_cast<size_t>(x)]; ++k, pixel += 3) {
      r += weight[k] * pixel[0];
      g += weight[k] * pixel[1];
      b += weight[k] * pixel[2];
    }
    out[0] = Clip(r);
    out[1] = Clip(g);
    out[2] = Clip(b);
  }
}

void ColumnScalar(const uint8_t* const* rows, const int16_t* weights, int count, ptrdiff_t begin,
                  ptrdiff_t bytes, uint8_t* out) {
  for (ptrdiff_t i = begin; i < bytes; ++i) {
    int sum = kHalf;
    for (int k = 0; k < count; ++k) sum += weights[k] * rows[k][i];
    out[i] = Clip(sum);
  }
}

#if defined(__x86_64__)

bool HasAvx2() {
  static const bool has = __builtin_cpu_supports("avx2");
  return has;
}

// Two rows at once, one in each half. Each step takes four pixels of both and multiplies them as
// pairs: words r0 r1 g0 g1 b0 b1 times w0 w1.
__attribute__((target("avx2"))) void TwoRowsAvx2(const uint8_t* row0, const uint8_t* row1,
                                                 const Taps& taps, int out_size, uint8_t* out0,
                                                 uint8_t* out1) {
  const __m256i first_pair = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1));
  const __m256i second_pair = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(6, -1, 9, -1, 7, -1, 10, -1, 8, -1, 11, -1, -1, -1, -1, -1));
  const int16_t* weights = taps.weights.data();
  for (int x = 0; x < out_size; ++x, weights += taps.stride) {
    const ptrdiff_t start = 3 * static_cast<ptrdiff_t>(taps.first[static_cast<size_t>(x)]);
    const uint8_t *pixel0 = row0 + start, *pixel1 = row1 + start;
    __m256i sum = _mm256_set1_epi32(kHalf);
    const int count = taps.count[static_cast<size_t>(x)];
    for (int k = 0; k < count; k += kTapsStep, pixel0 += 12, pixel1 += 12) {
      const __m256i pixels = _mm256_inserti128_si256(
          _mm256_castsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(pixel0))),
          _mm_loadu_si128(reinterpret_cast<const __m128i*>(pixel1)), 1);
      int pair0, pair1;
      std::memcpy(&pair0, weights + k, sizeof pair0);
      std::memcpy(&pair1, weights + k + 2, sizeof pair1);
      sum = _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_shuffle_epi8(pixels, first_pair),
                                                    _mm256_set1_epi32(pair0)));
      sum = _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_shuffle_epi8(pixels, second_pair),
                                                    _mm256_set1_epi32(pair1)));
    }
    sum = _mm256_srai_epi32(sum, kBits);
    sum = _mm256_packs_epi32(sum, sum);
    sum = _mm256_packus_epi16(sum, sum);
    const int low = _mm256_extract_epi32(sum, 0), high = _mm256_extract_epi32(sum, 4);
    // Four bytes at a time, the fourth to be overwritten; not over the start of the second row.
    std::memcpy(out0 + 3 * static_cast<ptrdiff_t>(x), &low, x + 1 < out_size ? 4 : 3);
    std::memcpy(out1 + 3 * static_cast<ptrdiff_t>(x), &high, x + 1 < out_size ? 4 : 3);
  }
}

__attribute__((target("avx2"))) void ColumnAvx2(const uint8_t* const* rows, const int16_t* weights,
                                                int count, ptrdiff_t bytes, uint8_t* out) {
  ptrdiff_t i = 0;
  for (; i + 32 <= bytes; i += 32) {
    __m256i sums[4];
    for (__m256i& sum : sums) sum = _mm256_set1_epi32(kHalf);
    for (int k = 0; k < count; k += 2) {
      const uint8_t* second = k + 1 < count ? rows[k + 1] : rows[k];
      const int pair = static_cast<uint16_t>(weights[k]) |
                       (k + 1 < count ? static_cast<int>(weights[k + 1]) << 16 : 0);
      const __m256i weight = _mm256_set1_epi32(pair), zero = _mm256_setzero_si256();
      const __m256i a = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(rows[k] + i));
      const __m256i b = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(second + i));
      const __m256i low = _mm256_unpacklo_epi8(a, b), high = _mm256_unpackhi_epi8(a, b);
      const __m256i words[4] = {_mm256_unpacklo_epi8(low, zero), _mm256_unpackhi_epi8(low, zero),
                                _mm256_unpacklo_epi8(high, zero), _mm256_unpackhi_epi8(high, zero)};
      for (int j = 0; j < 4; ++j) {
        sums[j] = _mm256_add_epi32(sums[j], _mm256_madd_epi16(words[j], weight));
      }
    }
    for (__m256i& sum : sums) sum = _mm256_srai_epi32(sum, kBits);
    const __m256i packed = _mm256_packus_epi16(_mm256_packs_epi32(sums[0], sums[1]),
                                               _mm256_packs_epi32(sums[2], sums[3]));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + i), packed);
  }
  ColumnScalar(rows, weights, count, i, bytes, out);
}

#else

bool HasAvx2() { return false; }
void TwoRowsAvx2(const uint8_t*, const uint8_t*, const Taps&, int, uint8_t*, uint8_t*) {}
void ColumnAvx2(const uint8_t* const*, const int16_t*, int, ptrdiff_t, uint8_t*) {}

#endif

// All rows that the columns' taps need, resized in x; row y of `source` goes to row y - begin.
void ResampleRows(const PixelView& source, const Taps& x_taps, int out_width, int begin, int end,
                  uint8_t* out) {
  const ptrdiff_t out_stride = 3 * static_cast<ptrdiff_t>(out_width);
  int y = begin;
  if (HasAvx2()) {
    // Vector loads run past a row's end: into the next row, or, of the last rows, into padding.
    const ptrdiff_t row_bytes = 3 * static_cast<ptrdiff_t>(source.width);
    thread_local std::vector<uint8_t> padded;
    padded.resize(2 * (static_cast<size_t>(row_bytes) + kOverread));
    for (; y + 1 < end; y += 2) {
      const uint8_t *row0 = source.rgb + y * source.stride, *row1 = row0 + source.stride;
      if ((source.height - y - 2) * source.stride < static_cast<ptrdiff_t>(kOverread)) {
        std::memcpy(padded.data(), row0, static_cast<size_t>(row_bytes));
        std::memcpy(padded.data() + padded.size() / 2, row1, static_cast<size_t>(row_bytes));
        row0 = padded.data();
        row1 = padded.data() + padded.size() / 2;
      }
      uint8_t* to = out + (y - begin) * out_stride;
      TwoRowsAvx2(row0, row1, x_taps, out_width, to, to + out_stride);
    }
  }
  for (; y < end; ++y) {
    RowScalar(source.rgb + y * source.stride, x_taps, out_width, out + (y - begin) * out_stride);
  }
}

CropBox Clipped(const CropBox& box, int width, int height) {
  CropBox out;
  out.left = std::clamp(box.left, 0.0, width - 1e-3);
  out.top = std::clamp(box.top, 0.0, height - 1e-3);
  out.width = std::clamp(box.width, 1e-3, width - out.left);
  out.height = std::clamp(box.height, 1e-3, height - out.top);
  return out;
}

bool IsPlainCopy(const CropBox& box, int out_width, int out_height) {
  return box.width == out_width && box.height == out_height && box.left == std::floor(box.left) &&
         box.top == std::floor(box.top);
}

}  // namespace

double FilterRadius(double box_size, int out_size) { return std::max(1.0, box_size / out_size); }

void Resample(const PixelView& source, const CropBox& wanted, int out_width, int out_height,
              uint8_t* out) {
  const CropBox box = Clipped(wanted, source.width, source.height);
  const size_t out_bytes = 3 * static_cast<size_t>(out_width);
  if (IsPlainCopy(box, out_width, out_height)) {
    const uint8_t* from = source.rgb + static_cast<ptrdiff_t>(box.top) * source.stride +
                          3 * static_cast<ptrdiff_t>(box.left);
    for (int y = 0; y < out_height; ++y, from += source.stride, out += out_bytes) {
      std::memcpy(out, from, out_bytes);
    }
    return;
  }
  const Taps x_taps = MakeTaps(source.width, box.left, box.width, out_width);
  const Taps y_taps = MakeTaps(source.height, box.top, box.height, out_height);
  thread_local std::vector<uint8_t> rows;
  rows.resize(static_cast<size_t>(y_taps.end - y_taps.begin) * out_bytes + kOverread);
  ResampleRows(source, x_taps, out_width, y_taps.begin, y_taps.end, rows.data());
  std::vector<const uint8_t*> inputs(static_cast<size_t>(y_taps.stride));
  for (int y = 0; y < out_height; ++y, out += out_bytes) {
    const int count = y_taps.count[static_cast<size_t>(y)];
    for (int k = 0; k < count; ++k) {
      const int row = y_taps.first[static_cast<size_t>(y)] + k - y_taps.begin;
      inputs[static_cast<size_t>(k)] = rows.data() + static_cast<size_t>(row) * out_bytes;
    }
    const int16_t* weights = y_taps.weights.data() + static_cast<ptrdiff_t>(y) * y_taps.stride;
    if (HasAvx2()) {
      ColumnAvx2(inputs.data(), weights, count, static_cast<ptrdiff_t>(out_bytes), out);
    } else {
      ColumnScalar(inputs.data(), weights, count, 0, static_cast<ptrdiff_t>(out_bytes), out);
    }
  }
}

}  // namespace bottega

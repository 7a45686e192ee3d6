#include "feed/normalize.h"

#include <cstddef>

#if defined(__x86_64__)
#define BOTTEGA_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define BOTTEGA_CLONES
#endif

namespace bottega {

namespace {

// Eight pixels: a whole number of vectors of any width up to 8 floats.
constexpr int64_t kPixels = 8, kValues = 3 * kPixels;

BOTTEGA_CLONES
void Interleaved(const uint8_t* rgb, int64_t blocks, const float* scale, const float* offset,
                 float* out) {
  for (int64_t i = 0; i < blocks; ++i, rgb += kValues, out += kValues) {
    for (int64_t j = 0; j < kValues; ++j)
      out[j] = static_cast<float>(rgb[j]) * scale[j] + offset[j];
  }
}

BOTTEGA_CLONES
void Planes(const uint8_t* rgb, int64_t pixels, const float* scale, const float* offset,
            float* out) {
  for (int c = 0; c < 3; ++c, out += pixels) {
    const float s = scale[c], o = offset[c];
    for (int64_t i = 0; i < pixels; ++i) out[i] = static_cast<float>(rgb[3 * i + c]) * s + o;
  }
}

}  // namespace

Normalization MakeNormalization(const std::array<float, 3>& mean,
                                const std::array<float, 3>& deviation) {
  Normalization out{};
  for (size_t c = 0; c < 3; ++c) {
    out.scale[c] = 1.0f / (255.0f * deviation[c]);
    out.offset[c] = -mean[c] / deviation[c];
  }
  return out;
}

void Normalize(const uint8_t* rgb, int64_t pixels, const Normalization& normalization,
               bool channels_last, float* out) {
  if (!channels_last) {
    Planes(rgb, pixels, normalization.scale.data(), normalization.offset.data(), out);
    return;
  }
  std::array<float, kValues> scale, offset;
  for (size_t j = 0; j < kValues; ++j) {
    scale[j] = normalization.scale[j % 3];
    offset[j] = normalization.offset[j % 3];
  }
  const int64_t blocks = pixels / kPixels;
  Interleaved(rgb, blocks, scale.data(), offset.data(), out);
  for (int64_t j = blocks * kValues; j < 3 * pixels; ++j) {
    const size_t c = static_cast<size_t>(j % 3);
    out[j] = static_cast<float>(rgb[j]) * scale[c] + offset[c];
  }
}

}  // namespace bottega

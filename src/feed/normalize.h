// From 8-bit pixels to what a model is fed.
#pragma once

#include <array>
#include <cstdint>

namespace bottega {

// (x / 255 - mean) / deviation as one multiplication and addition a value.
struct Normalization {
  std::array<float, 3> scale, offset;
};
Normalization MakeNormalization(const std::array<float, 3>& mean,
                                const std::array<float, 3>& deviation);

// `pixels` RGB pixels to floats: three planes, or interleaved when `channels_last`.
void Normalize(const uint8_t* rgb, int64_t pixels, const Normalization& normalization,
               bool channels_last, float* out);

}  // namespace bottega

// The random bits behind dropout.h, for many rows at once.
#pragma once

#include <cstdint>

namespace bottega {

// Rows that are computed side by side; arrays below have a multiple of it.
inline constexpr int64_t kDropoutLanes = 16;

struct DropoutStream {
  uint32_t key[2] = {};
  uint32_t layer = 0, epoch = 0;
  uint32_t threshold = 0;  // of the 16 bits of an element: kept from here on
};

// Bit b of bits[i] tells whether element 16 * unit + b of row i is kept. `low` and `high` are the
// halves of the row numbers. `rows` is a multiple of kDropoutLanes.
void FillDropoutUnit(const DropoutStream& stream, int64_t unit, const uint32_t* low,
                     const uint32_t* high, int64_t rows, uint16_t* bits);

// mask[i * width + j] = keep where the bit of element j of row i is 1, else 0; bits as DropoutBits.
void ExpandDropoutBits(const uint16_t* bits, int64_t stride, int64_t rows, int64_t width,
                       float keep, float* mask);

}  // namespace bottega

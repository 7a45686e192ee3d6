// The antialiased bilinear filter on raw RGB rows.
#pragma once

#include <cstddef>
#include <cstdint>

#include "data/image/picture.h"

namespace bottega {

// RGB pixels in memory that somebody else owns; `stride` bytes from row to row.
struct PixelView {
  const uint8_t* rgb = nullptr;
  int width = 0, height = 0;
  ptrdiff_t stride = 0;
};

// Writes `box` of `source`, resized to out_width x out_height, densely to `out`. The filter is a
// triangle of radius max(1, scale) around each output pixel's centre; pixels outside of the box but
// inside of the source count, as in Pillow's resize(..., box=...). First rows, then columns, 8 bits
// between, weights of 14 bits. The box is clipped to the source; sizes must be positive.
void Resample(const PixelView& source, const CropBox& box, int out_width, int out_height,
              uint8_t* out);

// Half the width of the filter, in source pixels.
double FilterRadius(double box_size, int out_size);

}  // namespace bottega

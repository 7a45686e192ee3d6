// JPEG through libjpeg-turbo: headers, scaled decoding of a region, encoding.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/image/picture.h"

namespace bottega {

struct JpegHeader {
  int width = 0, height = 0;  // as stored
  int components = 0;
  int orientation = 1;
};

// Walks the markers up to the frame header; nothing is decoded. Empty when `bytes` end before it or
// are no JPEG.
std::optional<JpegHeader> ReadJpegHeader(std::string_view bytes);

// In pixels of the scaled picture as stored.
struct PixelRegion {
  int left = 0, top = 0, width = 0, height = 0;
};

// Decoded pixels of at least the region asked for; `region` says which they are.
struct JpegPixels {
  PixelRegion region;
  bool truncated = false;
  std::vector<uint8_t> rgb;  // dense rows of region.width pixels; may be longer than needed
};

// Sides of the whole picture at 1/denominator (1, 2, 4 or 8): rounded up.
inline int ScaledSide(int side, int denominator) { return (side + denominator - 1) / denominator; }

// Decodes the region (clipped to the picture) at 1/denominator into `out`, whose memory is reused.
// The rows above are entropy-decoded only, those below not at all. Gray and CMYK become RGB. Rows
// that the file does not have are gray. Errors: kData, also for a progressive file whose
// coefficients would take more than 300 MB.
void DecodeJpegRegion(std::string_view bytes, int denominator, const PixelRegion& region,
                      JpegPixels* out, const std::string& file);

}  // namespace bottega

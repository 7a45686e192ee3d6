// JPEG through libjpeg-turbo: headers, scaled decoding of a region, encoding.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "data/image/picture.h"
#include "data/image/region.h"

namespace bottega {

struct JpegHeader {
  int width = 0, height = 0;  // as stored
  int components = 0;
  int orientation = 1;
  // Of all coefficients, when they come in several passes and are held until the last: 2 bytes
  // each. 0: the file is decoded row by row.
  int64_t coefficient_bytes = 0;
};

// Walks the markers up to the frame header; nothing is decoded. Empty when `bytes` end before it or
// are no JPEG.
std::optional<JpegHeader> ReadJpegHeader(std::string_view bytes);

// Decodes the region (clipped to the picture) at 1/denominator into `out`, whose memory is reused.
// The rows above are entropy-decoded only, those below not at all. Gray and CMYK become RGB. Rows
// that the file does not have are gray. Errors: kData, also for a file whose coefficients would
// take more than kDecodeBytes.
void DecodeJpegRegion(std::string_view bytes, int denominator, const PixelRegion& region,
                      RegionPixels* out, const std::string& file);

}  // namespace bottega

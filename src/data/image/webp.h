// WebP through libwebp. Of an animation, the first frame.
#pragma once

#include <string>
#include <string_view>

#include "data/image/picture.h"
#include "data/image/region.h"

namespace bottega {

PictureInfo ReadWebpInfo(std::string_view bytes, const std::string& file);
// Decodes the region (clipped to the picture) at 1/denominator into `out`. As stored: orientation
// is the caller's. Rows that a cut file does not have are gray. Error kData.
void DecodeWebpRegion(std::string_view bytes, int denominator, const PixelRegion& wanted,
                      RegionPixels* out, const std::string& file);

}  // namespace bottega

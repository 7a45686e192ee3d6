// PNG through libpng.
#pragma once

#include <string>
#include <string_view>

#include "data/image/picture.h"
#include "data/image/region.h"

namespace bottega {

// Size, channels and orientation (eXIf). Error kData.
PictureInfo ReadPngInfo(std::string_view bytes, const std::string& file);
// Decodes the region (clipped to the picture) at 1/denominator into `out`, whose memory is reused.
// As stored: orientation is the caller's. Only the region is held in memory, unless the file is
// interlaced. Rows that a cut file does not have are gray; rows below the region are not looked at.
// Error kData.
void DecodePngRegion(std::string_view bytes, int denominator, const PixelRegion& wanted,
                     RegionPixels* out, const std::string& file);

}  // namespace bottega

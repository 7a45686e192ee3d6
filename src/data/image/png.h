// PNG through libpng.
#pragma once

#include <string>
#include <string_view>

#include "data/image/picture.h"

namespace bottega {

// Size, channels and orientation (eXIf). Error kData.
PictureInfo ReadPngInfo(std::string_view bytes, const std::string& file);
// As stored: orientation is the caller's. Rows that a cut file does not have are gray. Error kData.
Picture DecodePng(std::string_view bytes, const std::string& file);

}  // namespace bottega

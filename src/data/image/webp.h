// WebP through libwebp. Of an animation, the first frame.
#pragma once

#include <string>
#include <string_view>

#include "data/image/picture.h"

namespace bottega {

PictureInfo ReadWebpInfo(std::string_view bytes, const std::string& file);
// As stored: orientation is the caller's. Rows that a cut file does not have are gray. Error kData.
Picture DecodeWebp(std::string_view bytes, const std::string& file);

}  // namespace bottega

// The one EXIF field that changes what a picture shows.
#pragma once

#include <string_view>

#include "data/image/picture.h"

namespace bottega {

// Orientation (1 to 8) in a TIFF block as EXIF embeds it ("II*\0..." or "MM\0*..."), 1 when it is
// absent or the block is damaged. EXIF 2.3, section 4.6.4, tag 0x0112.
int ExifOrientation(std::string_view tiff);

// Turns the pixels as stored into the pixels as meant (orientation 5 to 8 swap width and height).
Picture ApplyOrientation(Picture picture, int orientation);

// The box, given in a picture of width x height as meant, in the pixels as stored.
CropBox StoredBox(const CropBox& box, int width, int height, int orientation);

}  // namespace bottega

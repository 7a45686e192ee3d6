// What kind of picture it is, in a few numbers: photograph, page, drawing, noise.
#pragma once

#include <array>

#include "profile/picture_features.h"

namespace bottega {

inline constexpr int kPictureTraits = 7;

// Of the 32 x 32 gray picture and the 8 x 8 colours: mean brightness; logarithm of the deviation;
// logarithm of the fine detail (mean absolute Laplacian) against the deviation; logarithm of
// horizontal against vertical change; mean and deviation of the colourfulness (largest less
// smallest channel); entropy of the gray levels in bits (32 levels).
std::array<double, kPictureTraits> PictureTraits(const GrayThumbnail& gray,
                                                 const ColorLayout& layout);

}  // namespace bottega

// Pictures as short vectors, without a network: perceptual hashes for look-up, gradients and
// colours for neighbours.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "data/image/picture.h"

namespace bottega {

inline constexpr int kGraySide = 32;
// Brightness of the picture shrunk to 32 x 32, row-major, 0 to 255 (ITU-R BT.601 weights).
using GrayThumbnail = std::array<uint8_t, kGraySide * kGraySide>;
// RGB of the picture shrunk to 8 x 8.
using ColorLayout = std::array<uint8_t, 8 * 8 * 3>;

GrayThumbnail GrayOf(const Picture& picture);
ColorLayout LayoutOf(const Picture& picture);

// Of a square: bit 0 of `turn` (0 to 7) swaps rows and columns first, bit 1 mirrors left and right,
// bit 2 top and bottom. All eight are the quarter turns, plain and mirrored.
GrayThumbnail Turned(const GrayThumbnail& gray, int turn);
ColorLayout Turned(const ColorLayout& layout, int turn);

// 64 bits: which of the 8 x 8 lowest frequencies of the 32 x 32 cosine transform (without the
// constant) lie above their median. Re-encoding and scaling flip few bits. (Zauner, "Implementation
// and benchmarking of perceptual image hash functions", 2010.)
uint64_t CosineHash(const GrayThumbnail& gray);
// 64 bits: whether each of 8 x 8 cells is brighter than its right neighbour (dHash).
uint64_t GradientHash(const GrayThumbnail& gray);

// Number of values of PictureFeatures.
inline constexpr int kPictureFeatures = 4 * 4 * 9 + 2 * 2 * 9 + 54 + 12 * 3 + 4;

// Histograms of oriented gradients over 4 x 4 and 2 x 2 cells (9 orientations, each cell scaled to
// length 1: Dalal & Triggs, CVPR 2005), mean and deviation of the opponent colours on a 3 x 3 grid,
// a histogram of hue by saturation (12 x 3) and of gray levels (4). Each block has comparable
// length, so that plain Euclidean distances are meaningful. Some 0.3 ms.
std::vector<float> PictureFeatures(const Picture& picture);

// 1 - correlation of the two thumbnails after the best small shift, zoom and mirrorless crop: 0 for
// the same picture with other brightness or contrast; about 1 for unrelated ones.
double PictureDifference(const GrayThumbnail& a, const GrayThumbnail& b);

}  // namespace bottega

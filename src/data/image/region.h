// Decoding a part of a picture at a smaller scale: what the formats have in common.
#pragma once

#include <cstdint>
#include <vector>

namespace bottega {

// In pixels of the scaled picture as stored.
struct PixelRegion {
  int left = 0, top = 0, width = 0, height = 0;
};

// Decoded pixels of at least the region asked for; `region` says which they are.
struct RegionPixels {
  PixelRegion region;
  bool truncated = false;
  std::vector<uint8_t> rgb;  // dense rows of region.width pixels; may be longer than needed
};

// Sides of the whole picture at 1/denominator (1, 2, 4 or 8): rounded up.
inline int ScaledSide(int side, int denominator) { return (side + denominator - 1) / denominator; }

// `wanted` without what lies outside of a picture of width x height; never empty.
PixelRegion Clipped(const PixelRegion& wanted, int width, int height);

// Writes a region of a picture that comes row by row, at 1/denominator: each pixel is the mean of a
// block, rounded. The blocks at the right and lower border may be smaller.
class RowReducer {
 public:
  // `region` must lie in the scaled picture; `out` holds its dense rows.
  RowReducer(int width, int height, int denominator, const PixelRegion& region, uint8_t* out);

  int first_row() const { return region_.top * denominator_; }
  int end_row() const;
  // The rows from first_row() to end_row() - 1 in turn: RGB, the picture's full width.
  void Add(const uint8_t* row);

 private:
  void AddToSums(const uint8_t* row);
  void WriteMeans();

  const int width_, height_, denominator_;
  const PixelRegion region_;
  uint8_t* out_;
  int row_;
  int rows_in_sums_ = 0;
  std::vector<uint32_t> sums_;
};

}  // namespace bottega

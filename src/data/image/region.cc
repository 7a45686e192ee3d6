#include "data/image/region.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace bottega {

PixelRegion Clipped(const PixelRegion& wanted, int width, int height) {
  PixelRegion region;
  region.left = std::clamp(wanted.left, 0, width - 1);
  region.top = std::clamp(wanted.top, 0, height - 1);
  region.width = std::clamp(wanted.width, 1, width - region.left);
  region.height = std::clamp(wanted.height, 1, height - region.top);
  return region;
}

RowReducer::RowReducer(int width, int height, int denominator, const PixelRegion& region,
                       uint8_t* out)
    : width_(width),
      height_(height),
      denominator_(denominator),
      region_(region),
      out_(out),
      row_(first_row()),
      sums_(denominator > 1 ? static_cast<size_t>(region.width) * 3 : 0) {}

int RowReducer::end_row() const {
  return std::min(height_, (region_.top + region_.height) * denominator_);
}

void RowReducer::Add(const uint8_t* row) {
  ++row_;
  if (denominator_ == 1) {
    const size_t bytes = static_cast<size_t>(region_.width) * 3;
    std::memcpy(out_, row + static_cast<ptrdiff_t>(region_.left) * 3, bytes);
    out_ += bytes;
    return;
  }
  AddToSums(row);
  if (++rows_in_sums_ == denominator_ || row_ == height_) WriteMeans();
}

void RowReducer::AddToSums(const uint8_t* row) {
  const int begin = region_.left * denominator_;
  const int end = std::min(width_, begin + region_.width * denominator_);
  const uint8_t* from = row + static_cast<ptrdiff_t>(begin) * 3;
  uint32_t* sum = sums_.data();
  for (int x = begin; x < end; sum += 3) {
    for (const int block_end = std::min(end, x + denominator_); x < block_end; ++x, from += 3) {
      for (int c = 0; c < 3; ++c) sum[c] += from[c];
    }
  }
}

void RowReducer::WriteMeans() {
  for (int x = 0; x < region_.width; ++x) {
    const int columns = std::min(denominator_, width_ - (region_.left + x) * denominator_);
    const auto count = static_cast<uint32_t>(columns * rows_in_sums_);
    for (int c = 0; c < 3; ++c) {
      *out_++ = static_cast<uint8_t>((sums_[static_cast<size_t>(x * 3 + c)] + count / 2) / count);
    }
  }
  std::ranges::fill(sums_, 0);
  rows_in_sums_ = 0;
}

}  // namespace bottega

#include "data/image/exif.h"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace bottega {

namespace {

constexpr uint32_t kOrientationTag = 0x0112;
constexpr size_t kEntryBytes = 12;

// Reads unsigned numbers of either byte order; 0 beyond the end.
class TiffBytes {
 public:
  explicit TiffBytes(std::string_view bytes)
      : bytes_(bytes), little_(bytes.size() > 1 && bytes[0] == 'I') {}
  uint32_t Number(size_t offset, size_t width) const {
    if (offset > bytes_.size() || bytes_.size() - offset < width) return 0;
    uint32_t value = 0;
    for (size_t i = 0; i < width; ++i) {
      const size_t at = offset + (little_ ? width - 1 - i : i);
      value = value << 8 | static_cast<uint8_t>(bytes_[at]);
    }
    return value;
  }

 private:
  std::string_view bytes_;
  bool little_;
};

}  // namespace

int ExifOrientation(std::string_view tiff) {
  const TiffBytes bytes(tiff);
  if (!tiff.starts_with("II") && !tiff.starts_with("MM")) return 1;
  if (bytes.Number(2, 2) != 42) return 1;
  const size_t directory = bytes.Number(4, 4);
  const uint32_t entries = bytes.Number(directory, 2);
  for (uint32_t i = 0; i < entries; ++i) {
    const size_t entry = directory + 2 + i * kEntryBytes;
    if (entry + kEntryBytes > tiff.size()) return 1;
    if (bytes.Number(entry, 2) != kOrientationTag) continue;
    const uint32_t value = bytes.Number(entry + 8, 2);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

Picture ApplyOrientation(Picture picture, int orientation) {
  if (orientation <= 1 || orientation > 8) return picture;
  const bool swap = orientation >= 5;
  const bool mirror_x = orientation == 2 || orientation == 3 || orientation == 6 ||
                        orientation == 7;  // of the picture as meant
  const bool mirror_y =
      orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
  Picture out;
  out.width = swap ? picture.height : picture.width;
  out.height = swap ? picture.width : picture.height;
  out.truncated = picture.truncated;
  out.rgb.resize(picture.rgb.size());
  const int64_t step_x = swap ? picture.width : 1, step_y = swap ? 1 : picture.width;
  uint8_t* to = out.rgb.data();
  for (int64_t y = 0; y < out.height; ++y) {
    const int64_t from_y = (mirror_y ? out.height - 1 - y : y) * step_y;
    for (int64_t x = 0; x < out.width; ++x, to += 3) {
      const int64_t from_x = (mirror_x ? out.width - 1 - x : x) * step_x;
      const uint8_t* from = picture.rgb.data() + 3 * (from_x + from_y);
      to[0] = from[0];
      to[1] = from[1];
      to[2] = from[2];
    }
  }
  return out;
}

CropBox StoredBox(const CropBox& box, int width, int height, int orientation) {
  const bool swap = orientation >= 5;
  CropBox meant = box;
  if (orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7) {
    meant.left = width - box.left - box.width;
  }
  if (orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8) {
    meant.top = height - box.top - box.height;
  }
  if (!swap) return meant;
  return {meant.top, meant.left, meant.height, meant.width};
}

}  // namespace bottega

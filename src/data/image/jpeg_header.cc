#include <cstddef>

#include "data/image/exif.h"
#include "data/image/jpeg.h"

namespace bottega {

namespace {

constexpr uint8_t kApp1 = 0xE1, kStartOfScan = 0xDA, kEndOfImage = 0xD9;

// SOF0 to SOF15 but DHT (C4), JPG (C8) and DAC (CC).
bool IsFrame(uint8_t marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

bool HasNoLength(uint8_t marker) { return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8); }

}  // namespace

std::optional<JpegHeader> ReadJpegHeader(std::string_view bytes) {
  if (!bytes.starts_with("\xFF\xD8\xFF")) return std::nullopt;
  const auto at = [&](size_t i) { return static_cast<uint8_t>(bytes[i]); };
  JpegHeader header;
  size_t i = 2;
  while (i + 4 <= bytes.size()) {
    if (at(i) != 0xFF) {
      ++i;
      continue;
    }
    const uint8_t marker = at(i + 1);
    if (marker == 0xFF || marker == 0 || HasNoLength(marker)) {
      i += marker == 0xFF ? 1 : 2;
      continue;
    }
    if (marker == kStartOfScan || marker == kEndOfImage) return std::nullopt;
    const size_t length = static_cast<size_t>(at(i + 2)) << 8 | at(i + 3);
    if (length < 2) return std::nullopt;
    if (IsFrame(marker)) {
      if (i + 10 > bytes.size()) return std::nullopt;
      header.height = at(i + 5) << 8 | at(i + 6);
      header.width = at(i + 7) << 8 | at(i + 8);
      header.components = at(i + 9);
      if (header.width == 0 || header.height == 0) return std::nullopt;
      return header;
    }
    if (marker == kApp1 && i + 10 <= bytes.size() && header.orientation == 1) {
      std::string_view segment = bytes.substr(i + 4, length - 2);
      if (segment.starts_with(std::string_view("Exif\0\0", 6))) {
        header.orientation = ExifOrientation(segment.substr(6));
      }
    }
    i += 2 + length;
  }
  return std::nullopt;
}

}  // namespace bottega

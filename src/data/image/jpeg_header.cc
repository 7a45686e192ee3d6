#include <algorithm>
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

bool IsProgressive(uint8_t frame) { return (frame & 3) == 2; }

// Of a frame header's segment. T.81, B.2.2: its components begin at the seventh byte; each is an
// identifier, the sampling factors (across, down) and a table's number.
int64_t CoefficientBytes(std::string_view segment, const JpegHeader& header) {
  const auto components = static_cast<size_t>(header.components);
  if (segment.size() < 6 + 3 * components) return 0;
  int64_t samples = 0;
  int most_across = 1, most_down = 1;
  for (size_t c = 0; c < components; ++c) {
    const auto factors = static_cast<uint8_t>(segment[6 + 3 * c + 1]);
    const int across = factors >> 4, down = factors & 15;
    samples += int64_t{across} * down;
    most_across = std::max(most_across, across);
    most_down = std::max(most_down, down);
  }
  return 2 * int64_t{header.width} * header.height * samples / (most_across * most_down);
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
      if (IsProgressive(marker)) {
        header.coefficient_bytes = CoefficientBytes(bytes.substr(i + 4, length - 2), header);
      }
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

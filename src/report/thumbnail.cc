#include <algorithm>

#include "report/worst.h"

namespace bottega {

std::string Base64(std::string_view bytes) {
  constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t group = 0;
    for (size_t k = 0; k < 3; ++k) {
      group = group << 8 | (i + k < bytes.size() ? static_cast<uint8_t>(bytes[i + k]) : 0);
    }
    for (size_t k = 0; k < 4; ++k) {
      text += i + k > bytes.size() ? '=' : kDigits[group >> (18 - 6 * k) & 63];
    }
  }
  return text;
}

std::string ThumbnailUri(const Picture& picture, int side) {
  constexpr int kQuality = 78;
  const int longer = std::max(picture.width, picture.height);
  if (longer <= side) return "data:image/jpeg;base64," + Base64(EncodeJpeg(picture, kQuality));
  const auto scaled = [&](int length) { return std::max(1, length * side / longer); };
  const Picture small = Resize(picture, scaled(picture.width), scaled(picture.height));
  return "data:image/jpeg;base64," + Base64(EncodeJpeg(small, kQuality));
}

}  // namespace bottega
